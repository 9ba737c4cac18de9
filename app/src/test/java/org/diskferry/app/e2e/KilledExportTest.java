package org.diskferry.app.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diskferry.app.home.Home;
import org.diskferry.app.operator.OperatorClient;
import org.diskferry.app.service.CountedUp;
import org.diskferry.media.Bounds;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.block.linux.Devices;
import org.diskferry.media.crypt.Stop;
import org.diskferry.media.crypt.Unlocking;
import org.diskferry.media.stack.DataVolume;
import org.diskferry.media.stack.DeviceStack;
import org.diskferry.media.stack.Hints;
import org.diskferry.media.testing.ContentSet;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.NotRun;
import org.diskferry.media.testing.Tool;
import org.diskferry.media.testing.TreeSnapshot;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The plug is pulled when half of a disk is filled: the other half is all that is fetched again.
class KilledExportTest {
  private static final int DISK = 256 << 20;
  private static final int OBJECTS = 300;
  private static final int LARGEST = 400_000;
  private static final String PASSWORD = "a-password-of-the-test";
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Pattern JOB_ID = Pattern.compile("JobId: (\\w{5})");

  @TempDir private Path folder;
  private Path home;
  private Up up;

  @ParameterizedTest
  @ValueSource(strings = {"NTFS", "EXT4"})
  void killedAtHalfItFetchesTheOtherHalf(String fileSystem) throws Exception {
    Tool.require(KilledExportTest.class, "mke2fs", "mkntfs");
    NotRun.unless(
        Files.isExecutable(Path.of("/usr/bin/aws")),
        KilledExportTest.class,
        "an export killed at half",
        "awscli");
    home = folder.resolve("home");
    up = start();
    try {
      Path tree = Files.createDirectories(folder.resolve("objects"));
      Listing objects = new ContentSet(3).smallFiles("reel", OBJECTS, LARGEST).writeTo(tree);
      up.s3("s3", "mb", "s3://killed");
      up.s3("s3", "mb", "s3://logs");
      up.s3("s3", "cp", "--recursive", "--only-show-errors", tree.toString(), "s3://killed");
      String job = createJob(fileSystem);
      Path device = dock();
      long all = bytes(objects, objects.files().keySet().stream().toList());
      awaitBytes(device, all / 2);
      up.kill();
      Files.deleteIfExists(CountedUp.reads(home));
      up = start();
      await(job, device);
      List<String> again = reads();
      assertThat(bytes(objects, again))
          .as("of %d bytes, %d objects of %d", all, again.size(), objects.files().size())
          .isLessThan(all * 55 / 100);
      assertLog(job, objects);
      assertDisk(job, device, objects);
    } finally {
      up.close();
    }
  }

  private Up start() throws Exception {
    return Up.start(home, CountedUp.class.getName());
  }

  private static long bytes(Listing objects, List<String> keys) {
    return keys.stream().mapToLong(key -> objects.files().get(key).size()).sum();
  }

  private List<String> reads() throws IOException {
    return Files.readAllLines(CountedUp.reads(home)).stream()
        .filter(line -> line.startsWith("killed/"))
        .map(line -> line.substring("killed/".length()))
        .toList();
  }

  private void awaitBytes(Path device, long bytes) throws Exception {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(deadline)) {
      JsonNode row = row(device);
      if (row.path("phase").asString("").equals("FILL")
          && row.path("doneBytes").asLong(0) >= bytes) {
        return;
      }
      Thread.sleep(1);
    }
    throw new IllegalStateException("half was never written: " + row(device));
  }

  private JsonNode row(Path device) throws IOException {
    JsonNode rows = new OperatorClient(new Home(home).operatorSocket()).call("dock list", Map.of());
    for (JsonNode row : rows) {
      if (row.path("bay").asString("").equals(device.toString())) {
        return row;
      }
    }
    return rows;
  }

  private String createJob(String fileSystem) throws Exception {
    Path tree = Files.createDirectories(folder.resolve("tree"));
    Path manifest =
        Files.writeString(
            folder.resolve("manifest.txt"),
            """
            manifestVersion: 2.0
            deviceId: K2
            fileSystem: %s
            trueCryptPassword: %s
            logBucket: logs
            notificationEmail: archive@example.com
            operations:
              - exportBucket: killed
                targetDirectory: /
            returnAddress:
              name: Any Name
              street1: 1 Any Street
              city: Anytown
              stateOrProvince: WA
              postalCode: 98101
              country: USA
              phoneNumber: 206-555-0100
            """
                .formatted(fileSystem, PASSWORD));
    Matcher id =
        JOB_ID.matcher(up.diskferry("CreateJob", "Export", manifest.toString(), tree.toString()));
    assertThat(id.find()).isTrue();
    return id.group(1);
  }

  private Path dock() throws Exception {
    Path image = folder.resolve("disk.img");
    try (RandomAccessFile disk = new RandomAccessFile(image.toFile(), "rw")) {
      disk.setLength(DISK);
    }
    Tool.run(
        "mke2fs",
        "-q",
        "-F",
        "-t",
        "ext4",
        "-d",
        folder.resolve("tree").toString(),
        image.toString());
    Path part = Files.move(image, up.dock().resolve("disk.img.part"));
    Thread.sleep(1500);
    return Files.move(part, up.dock().resolve("disk.img"));
  }

  private void await(String job, Path device) throws Exception {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(deadline)) {
      String state = row(device).path("state").asString("");
      if (state.equals("done")) {
        assertThat(up.diskferry("GetStatus", job)).contains("ProgressCode: Complete");
        return;
      }
      assertThat(state).isNotIn("refused", "failed", "on hold");
      Thread.sleep(100);
    }
    throw new IllegalStateException("job " + job + " did not come to its end: " + row(device));
  }

  private void assertLog(String job, Listing objects) throws Exception {
    Path log = folder.resolve("log.csv");
    up.s3("s3", "cp", "s3://logs/export-log-" + job, log.toString());
    assertThat(Files.readAllLines(log)).hasSize(objects.files().size() + 1);
    Path report = folder.resolve("report.json");
    up.s3("s3", "cp", "s3://logs/export-log-" + job + ".json", report.toString());
    assertThat(Files.readString(report)).doesNotContain("remarks");
  }

  private void assertDisk(String job, Path device, Listing objects) throws Exception {
    new OperatorClient(new Home(home).operatorSocket())
        .call("dock detach", Map.of("device", device.toString()));
    Thread.sleep(1500);
    try (BlockSource source = Devices.openForReading(device);
        Unlocking unlocking = Unlocking.with(PASSWORD.getBytes(UTF_8), 0, Stop.NEVER)) {
      DataVolume volume =
          DeviceStack.open(source, Bounds.GENEROUS, new Hints(unlocking, job + ".tc"))
              .volumes()
              .stream()
              .filter(one -> !one.beside())
              .findFirst()
              .orElseThrow();
      Map<String, Listing.Row> files =
          TreeSnapshot.of(volume.tree()).files(volume.tree(), volume.bytes()).files();
      assertThat(files.keySet()).isEqualTo(objects.files().keySet());
      files.forEach(
          (path, row) -> assertThat(row.md5()).isEqualTo(objects.files().get(path).md5()));
    }
  }
}
