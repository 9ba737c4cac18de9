package org.diskferry.station.dock;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.diskferry.job.SignatureFile;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.MadeDisk;
import org.diskferry.media.testing.NotRun;
import org.diskferry.media.testing.Tool;
import org.diskferry.station.fill.FillResult;
import org.diskferry.station.load.FileLoader;
import org.diskferry.station.testing.Bytes;
import org.diskferry.station.testing.FastDirectory;
import org.diskferry.station.testing.FileDispatch;
import org.diskferry.station.testing.LoadScene;
import org.diskferry.station.testing.Manifests;
import org.diskferry.store.ObjectKey;
import org.diskferry.store.StoreCapabilities;
import org.diskferry.store.testing.Fault;
import org.diskferry.store.testing.FaultyStore;
import org.diskferry.store.testing.MemoryStore;
import org.diskferry.store.testing.Operation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Media that are no disks, cut short, failing, or gone, in a bay of a whole station: what the bay
/// shows and what the server is told.
class BadMediaTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Set<String> ENDS = Set.of("done", "on hold", "failed", "refused");
  private static final int MIB = 1 << 20;
  private static final int FILES = 60;

  @TempDir(factory = FastDirectory.class)
  Path directory;

  private final MemoryStore memory =
      new MemoryStore(InstantSource.system(), StoreCapabilities.S3, MIB)
          .withBucket(LoadScene.BUCKET, "us-east-1");
  private final FaultyStore store = new FaultyStore(memory);

  @BeforeEach
  void needsTools() {
    Tool.require(BadMediaTest.class, "mke2fs", "debugfs");
  }

  /// How a visit ended.
  ///
  /// @param reports what the server was told
  private record End(BayState state, List<String> reports) {}

  private End visit(Path device) throws Exception {
    FileDispatch dispatch =
        new FileDispatch(
            directory.resolve("events"), Manifests.order(Manifests.into("bucket", "")));
    FileLoader loader = FileLoader.of(store, LoadScene.SMALL, InstantSource.system());
    Path dropped = Files.createDirectories(directory.resolve("dock"));
    Path own = Files.createDirectories(directory.resolve("own"));
    try (Dock dock =
        Dock.open(
            "station",
            dispatch,
            loader,
            (job, steering) -> new FillResult.Abandoned(),
            dropped,
            own,
            InstantSource.system())) {
      dock.attach(device, Manifests.JOB);
      Instant deadline = Instant.now().plus(PATIENCE);
      BayState state = dock.list().getFirst();
      while (!ENDS.contains(state.state()) && Instant.now().isBefore(deadline)) {
        Thread.sleep(5);
        state = dock.list().getFirst();
      }
      return new End(state, dispatch.events());
    }
  }

  private Path tree() throws Exception {
    Path tree = Files.createDirectories(directory.resolve("tree"));
    Files.writeString(
        tree.resolve("SIGNATURE"), SignatureFile.of(Manifests.JOB, new byte[20]).text());
    for (int i = 0; i < FILES; i++) {
      Files.write(tree.resolve("file" + i), Bytes.seeded(i, 50_000 + i));
    }
    return tree;
  }

  // SIGNATURE first, then the files in order: mke2fs by itself would take them as they come.
  private Path disk() throws Exception {
    Path tree = tree();
    StringBuilder script = new StringBuilder();
    for (String name : names()) {
      script.append("write ").append(tree.resolve(name)).append(' ').append(name).append('\n');
    }
    Path image =
        MadeDisk.format(
            directory.resolve("disk.img"),
            8L * MIB,
            "mke2fs",
            "-q",
            "-F",
            "-t",
            "ext4",
            "-b4096",
            "-O^has_journal");
    Path input = Files.writeString(directory.resolve("script"), script);
    Tool.run("debugfs", "-w", "-f", input.toString(), image.toString());
    return image;
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>(List.of("SIGNATURE"));
    for (int i = 0; i < FILES; i++) {
      names.add("file" + i);
    }
    return names;
  }

  private static void cut(Path image, long length) {
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(length);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /// Status of each row of the log.
  private Map<String, String> log() throws Exception {
    byte[] log = memory.content(LoadScene.BUCKET, new ObjectKey("import-log-53TX4"));
    Map<String, String> rows = new TreeMap<>();
    String text = new String(log, StandardCharsets.UTF_8);
    for (NamedCsvRecord row : CsvReader.builder().ofNamedCsvRecord(text).stream().toList()) {
      rows.put(row.getField("File"), row.getField("Status"));
    }
    return rows;
  }

  // Whatever is in the bucket is a whole file of the source.
  private int checkObjects() throws Exception {
    Map<String, Listing.Row> source = Listing.ofDirectory(directory.resolve("tree")).files();
    int objects = 0;
    for (ObjectKey key : memory.keys(LoadScene.BUCKET)) {
      if (!key.value().startsWith("import-log-")) {
        byte[] content = memory.content(LoadScene.BUCKET, key);
        assertThat(Listing.row(content, 0).md5()).isEqualTo(source.get(key.value()).md5());
        objects++;
      }
    }
    return objects;
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 5_000, 2 << 20})
  void randomBytesWaitForAPerson(int size) throws Exception {
    Path image = Files.write(directory.resolve("noise.img"), Bytes.seeded(3, size));

    End end = visit(image);

    assertThat(end.state().state()).isEqualTo("on hold");
    assertThat(end.state().message()).contains("the device holds nothing that is known");
    assertThat(end.reports()).anyMatch(report -> report.startsWith("Held[reason=CANNOT_DECRYPT"));
    assertThat(Files.readAllBytes(image)).isEqualTo(Bytes.seeded(3, size));
  }

  @Test
  void anImageThatWasCutShortGivesWhatIsThereAndTellsTheRest() throws Exception {
    Path image = disk();
    cut(image, 3L * MIB);

    End end = visit(image);

    assertThat(end.state().state()).isEqualTo("on hold");
    assertThat(end.state().message()).contains("it was cut short");
    Map<String, String> log = log();
    int whole = checkObjects();
    assertThat(whole).isBetween(10, FILES - 10);
    for (int i = 0; i < FILES; i++) {
      assertThat(log.get("file" + i)).isIn("200", "508");
    }
    assertThat(log.values()).filteredOn("200"::equals).hasSize(whole);
    assertThat(end.reports()).noneMatch(report -> report.startsWith("EraseStarted"));
  }

  @Test
  void anImageThatIsCutWhileItIsReadIsADeviceThatIsGone() throws Exception {
    Path image = disk();
    store.follow(call -> {
      if (call.operation() == Operation.PUT && call.number() > 5) {
        cut(image, MIB);
      }
      return Fault.none();
    });

    End end = visit(image);

    assertThat(end.state().state()).isEqualTo("failed");
    assertThat(end.state().message()).contains("it was longer when opened");
    assertThat(end.reports()).last().asString().startsWith("DeviceFailed[");
    assertThat(checkObjects()).isBetween(1, FILES - 1);
  }

  // The kernel's own error: a loop device answers EIO where its file has no bytes.
  @Test
  void sectorsThatTheKernelCannotReadAreRowsAndTheOtherFilesAreLoaded() throws Exception {
    Tool.require(BadMediaTest.class, "losetup");
    NotRun.unless(
        "root".equals(System.getProperty("user.name")),
        BadMediaTest.class,
        "read errors of the kernel's",
        "root");
    Path image = disk();
    String device = Tool.run("losetup", "--find", "--show", image.toString()).strip();
    try {
      cut(image, 3L * MIB);
      End end = visit(Path.of(device));

      assertThat(end.state().state()).isEqualTo("on hold");
      assertThat(end.state().message()).contains("of 50").contains("cannot be read: sectors ");
      int whole = checkObjects();
      assertThat(whole).isBetween(10, FILES - 10);
      Map<String, String> log = log();
      assertThat(log).hasSize(FILES + 1).containsEntry("SIGNATURE", "103");
      assertThat(log.values()).filteredOn("200"::equals).hasSize(whole);
      assertThat(log.values()).filteredOn("508"::equals).hasSize(FILES - whole);
      assertThat(end.reports()).noneMatch(report -> report.startsWith("EraseStarted"));
    } finally {
      Tool.run("losetup", "--detach", device);
    }
  }
}
