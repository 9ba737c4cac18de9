package org.diskferry.station.dock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.diskferry.job.SignatureFile;
import org.diskferry.media.testing.MadeDisk;
import org.diskferry.media.testing.Tool;
import org.diskferry.station.testing.Bytes;
import org.diskferry.station.testing.DirectoryStore;
import org.diskferry.station.testing.FastDirectory;
import org.diskferry.station.testing.FileDispatch;
import org.diskferry.station.testing.Manifests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A station is killed again and again, over load and erase, and started again: in the end
/// everything is as if nothing had happened.
class CrashTest {
  private static final int MIB = 1 << 20;
  private static final long IMAGE_BYTES = 96L << 20;

  /// Kills in all; `-Ddiskferry.crashes=50` for a thorough run.
  private static final int CRASHES = Integer.getInteger("diskferry.crashes", 6);

  /// About as long as the erase of the image takes.
  private static final long ERASE_MILLIS = 120;

  private static final long SEED = Long.getLong("diskferry.seed", 20_260_102);

  @TempDir(factory = FastDirectory.class)
  Path directory;

  /// What is there when a station has finished.
  private record End(
      String said,
      long millis,
      List<String> objects,
      List<String> log,
      List<String> events,
      long nonZero) {}

  private Path image() throws Exception {
    Tool.require(CrashTest.class, "mke2fs");
    Path source = Files.createDirectories(directory.resolve("source/dir"));
    Files.writeString(
        source.resolveSibling("SIGNATURE"), SignatureFile.of(Manifests.JOB, new byte[20]).text());
    for (int i = 0; i < 40; i++) {
      Files.write(source.resolve("small" + i), Bytes.seeded(i, 1000 * i));
    }
    Files.write(source.resolve("streamed"), Bytes.seeded(100, 2 * MIB + 17));
    Files.write(source.resolve("parts"), Bytes.seeded(101, 9 * MIB + 17));
    return MadeDisk.format(
        directory.resolve("image"),
        IMAGE_BYTES,
        "mke2fs",
        "-q",
        "-t",
        "ext4",
        "-d",
        source.getParent().toString());
  }

  private record Run(Path home, Path device) {

    Process start() throws IOException {
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      return new ProcessBuilder(
              java,
              "-Xmx128m",
              "-XX:TieredStopAtLevel=1",
              "--enable-native-access=ALL-UNNAMED",
              "-cp",
              System.getProperty("java.class.path"),
              CrashedStation.class.getName(),
              home.toString(),
              device.toString())
          .redirectError(home.resolve("stderr").toFile())
          .start();
    }

    DirectoryStore store() throws IOException {
      return new DirectoryStore(home.resolve("store"), 0);
    }

    /// Starts a station and lets it finish.
    End finish() throws Exception {
      Process process = start();
      List<String> said;
      long ready;
      try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
        assertThat(out.readLine()).isEqualTo("ready");
        ready = System.nanoTime();
        said = out.lines().toList();
      }
      long millis = (System.nanoTime() - ready) / 1_000_000;
      assertThat(process.waitFor()).as(Files.readString(home.resolve("stderr"))).isZero();
      String log = new String(store().content("import-log-53TX4"), StandardCharsets.UTF_8);
      long nonZero = 0;
      for (byte b : Files.readAllBytes(device)) {
        nonZero += b == 0 ? 0 : 1;
      }
      return new End(
          said.getLast(),
          millis,
          store().contents(),
          log.lines().toList(),
          dispatch().events(),
          nonZero);
    }

    /// Starts a station and kills it so long after it has begun to work, or to erase; answers
    /// whether it was still at work.
    boolean crash(long millis, boolean inErase) throws Exception {
      Process process = start();
      BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
      assertThat(out.readLine()).isEqualTo("ready");
      while (inErase && process.isAlive() && !hasBegunToErase()) {
        Thread.sleep(1);
      }
      Thread.sleep(millis);
      boolean working = process.isAlive();
      process.destroyForcibly().waitFor();
      return working;
    }

    private boolean hasBegunToErase() {
      return dispatch().events().stream().anyMatch(event -> event.startsWith("EraseStarted"));
    }

    private FileDispatch dispatch() {
      return new FileDispatch(home.resolve("events"), CrashedStation.order());
    }

    void delete() throws IOException {
      Files.delete(device);
    }
  }

  private Run run(String name, Path image) throws IOException {
    Path home = Files.createDirectory(directory.resolve(name));
    Path device = home.resolve("device.img");
    Files.copy(image, device, StandardCopyOption.REPLACE_EXISTING);
    return new Run(home, device);
  }

  @Test
  void aStationThatIsKilledAtAnyMomentEndsAsAnUndisturbedOne() throws Exception {
    Path image = image();
    Run calm = run("calm", image);
    End expected = calm.finish();
    long wholeMillis = expected.millis();
    assertThat(expected.said()).startsWith("done");
    assertThat(expected.nonZero()).isZero();
    assertThat(expected.log()).hasSize(1 + 43);
    assertThat(expected.objects()).hasSize(42 + 2);

    Random random = new Random(SEED);
    int crashes = 0;
    List<String> moments = new ArrayList<>();
    for (int round = 0; crashes < CRASHES; round++) {
      Run run = run("round" + round, image);
      int kills = 0;
      while (kills < 1 + round % 3 && crashes < CRASHES) {
        boolean inErase = crashes % 3 == 2;
        long millis = random.nextLong(inErase ? ERASE_MILLIS : wholeMillis);
        boolean working = run.crash(millis, inErase);
        String phase = inErase ? " ms into the erase" : " ms after the start";
        moments.add(millis + phase + (working ? "" : " (it had finished)"));
        kills++;
        crashes++;
      }
      End end = run.finish();
      assertThat(end.objects()).as("%s", moments).isEqualTo(expected.objects());
      assertThat(end.log()).as("%s", moments).isEqualTo(expected.log());
      assertThat(end.nonZero()).as("%s", moments).isZero();
      assertThat(end.events()).as("%s", moments).isEqualTo(expected.events());
      assertThat(run.store().openUploads()).as("%s", moments).isZero();
      assertThat(repeated(run))
          .as("%s", moments)
          .hasSizeLessThanOrEqualTo(kills * CrashedStation.LANES);
      run.delete();
    }
    System.out.println("undisturbed in " + wholeMillis + " ms; killed " + moments);
  }

  /// Bodies of files that were sent again.
  private static List<String> repeated(Run run) throws IOException {
    Set<String> seen = new HashSet<>();
    return run.store().requests().stream()
        .filter(request -> request.startsWith("in/"))
        .filter(request -> !seen.add(request))
        .toList();
  }
}
