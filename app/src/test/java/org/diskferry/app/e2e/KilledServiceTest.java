package org.diskferry.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diskferry.media.testing.ContentSet;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.NotRun;
import org.diskferry.media.testing.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The plug is pulled again and again while a disk is loaded and erased, and the end is the same.
class KilledServiceTest {
  private static final int KILLS = Integer.getInteger("diskferry.kills", 4);
  private static final long SEED = Long.getLong("diskferry.seed", 11L);
  private static final int DISK = 64 << 20;

  /// From the moment that the service is ready: over load, second pass, proof and erase.
  private static final int LATEST_KILL_MILLIS = 6_000;

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Pattern JOB_ID = Pattern.compile("JobId: (\\w{5})");

  @TempDir private Path folder;

  @Test
  void killedAtAnyMomentItGoesOnToTheSameEnd() throws Exception {
    Tool.require(KilledServiceTest.class, "mke2fs");
    NotRun.unless(
        Files.isExecutable(Path.of("/usr/bin/aws")),
        KilledServiceTest.class,
        "the service killed at any moment",
        "awscli");
    Path home = folder.resolve("home");
    Up up = Up.start(home);
    try {
      up.s3("s3", "mb", "s3://killed");
      String job = createJob(up);
      Listing expected = makeDisk();
      Path docked = Files.copy(folder.resolve("disk.img"), up.dock().resolve("killed.img.part"));
      Thread.sleep(1500);
      docked = Files.move(docked, up.dock().resolve("killed.img"));
      Random random = new Random(SEED);
      for (int i = 0; i < KILLS; i++) {
        Thread.sleep(random.nextInt(LATEST_KILL_MILLIS));
        up.kill();
        up = Up.start(home);
      }
      await(up, job, docked);
      assertLog(up, job, expected);
      assertBucket(up, expected);
    } finally {
      up.close();
    }
  }

  private String createJob(Up up) throws Exception {
    Path tree = Files.createDirectories(folder.resolve("tree"));
    Path manifest =
        Files.writeString(
            folder.resolve("manifest.txt"),
            """
            manifestVersion: 2.0
            bucket: killed
            deviceId: K1
            eraseDevice: yes
            notificationEmail: archive@example.com
            logPrefix: logs/
            returnAddress:
              name: Any Name
              street1: 1 Any Street
              city: Anytown
              stateOrProvince: WA
              postalCode: 98101
              country: USA
              phoneNumber: 206-555-0100
            """);
    Matcher id =
        JOB_ID.matcher(up.diskferry("CreateJob", "Import", manifest.toString(), tree.toString()));
    assertThat(id.find()).isTrue();
    return id.group(1);
  }

  private Listing makeDisk() throws Exception {
    Path tree = folder.resolve("tree");
    ContentSet content = new ContentSet(SEED).smallFiles("small", 400, 20_000);
    content.file("film.bin", 20L << 20, ContentSet.Pattern.RANDOM).writeTo(tree);
    Path image = folder.resolve("disk.img");
    try (RandomAccessFile disk = new RandomAccessFile(image.toFile(), "rw")) {
      disk.setLength(DISK);
    }
    Tool.run("mke2fs", "-q", "-F", "-t", "ext4", "-d", tree.toString(), image.toString());
    return Listing.ofDirectory(tree);
  }

  private static void await(Up up, String job, Path device) throws Exception {
    Instant deadline = Instant.now().plus(PATIENCE);
    String status = "";
    while (Instant.now().isBefore(deadline)) {
      status = up.diskferry("GetStatus", job);
      if (status.contains("ProgressCode: Complete")
          && Arrays.equals(Files.readAllBytes(device), new byte[DISK])) {
        return;
      }
      Thread.sleep(1000);
    }
    throw new IllegalStateException("job " + job + " did not come to its end: " + status);
  }

  private void assertLog(Up up, String job, Listing expected) throws Exception {
    Path log = folder.resolve("log.csv");
    up.s3("s3", "cp", "s3://killed/logs/import-log-" + job, log.toString());
    List<NamedCsvRecord> rows =
        CsvReader.builder().ofNamedCsvRecord(Files.readString(log)).stream().toList();
    assertThat(rows).hasSize(expected.files().size());
    for (NamedCsvRecord row : rows) {
      if (!row.getField("File").equals("SIGNATURE")) {
        assertThat(row.getField("Status")).isEqualTo("200");
        assertThat(row.getField("MD5")).isEqualTo(expected.files().get(row.getField("File")).md5());
      }
    }
  }

  private void assertBucket(Up up, Listing expected) throws Exception {
    Path got = Files.createDirectory(folder.resolve("got"));
    up.s3("s3", "sync", "--only-show-errors", "s3://killed", got.toString(), "--exclude", "logs/*");
    Listing found = Listing.ofDirectory(got);
    assertThat(found.files().keySet().stream().toList())
        .isEqualTo(expected.files().keySet().stream().filter(f -> !f.equals("SIGNATURE")).toList());
    found
        .files()
        .forEach((path, row) -> assertThat(row.md5()).isEqualTo(expected.files().get(path).md5()));
  }
}
