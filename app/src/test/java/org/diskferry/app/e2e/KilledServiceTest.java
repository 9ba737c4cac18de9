package org.diskferry.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diskferry.app.home.Home;
import org.diskferry.app.operator.OperatorClient;
import org.diskferry.app.service.CountedUp;
import org.diskferry.media.testing.ContentSet;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.NotRun;
import org.diskferry.media.testing.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The plug is pulled again and again while disks are loaded and erased, and the end is the same.
/// Each disk suffers three kills: at any moment, while files are loaded, during the erase.
/// `-Ddiskferry.kills=50` and `-Ddiskferry.seed=N` for a thorough run.
class KilledServiceTest {
  private static final int KILLS = Integer.getInteger("diskferry.kills", 3);
  private static final long SEED = Long.getLong("diskferry.seed", 11L);
  private static final int KILLS_A_DISK = 3;
  private static final int DISK = 256 << 20;

  /// From the moment that the service is ready.
  private static final int LATEST_KILL_MILLIS = 5_000;

  /// From the moment that files are being loaded: over second pass and proof.
  private static final int LATEST_LOAD_KILL_MILLIS = 2_000;

  /// From the moment that the erase has begun: it writes and reads back 256 MiB.
  private static final int LATEST_ERASE_KILL_MILLIS = 400;

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Pattern JOB_ID = Pattern.compile("JobId: (\\w{5})");
  private static final List<String> ENDS = List.of("done", "refused", "failed", "on hold");

  @TempDir private Path folder;
  private Path home;
  private Up up;
  private final Random random = new Random(SEED);
  private final List<String> moments = new ArrayList<>();

  @Test
  void killedAtAnyMomentItGoesOnToTheSameEnd() throws Exception {
    Tool.require(KilledServiceTest.class, "mke2fs");
    NotRun.unless(
        Files.isExecutable(Path.of("/usr/bin/aws")),
        KilledServiceTest.class,
        "the service killed at any moment",
        "awscli");
    home = folder.resolve("home");
    up = start();
    try {
      up.s3("s3", "mb", "s3://killed");
      Listing files = makeTree();
      for (int disk = 0; moments.size() < KILLS; disk++) {
        loadUnderKills("disk" + disk, files);
      }
    } finally {
      up.close();
    }
    System.out.println(moments.size() + " kills: " + moments);
  }

  private Up start() throws Exception {
    return Up.start(home, CountedUp.class.getName());
  }

  private void loadUnderKills(String name, Listing files) throws Exception {
    String job = createJob(name);
    Path device = dock(name);
    int before = moments.size();
    while (moments.size() < KILLS && moments.size() < before + KILLS_A_DISK) {
      killOnce(device);
    }
    await(job, device);
    assertLog(job, name, files);
    assertBucket(name, files);
    assertThat(repeated(name))
        .as("repeated bodies of %s, %s", name, moments)
        .hasSizeLessThanOrEqualTo((moments.size() - before) * CountedUp.LANES);
    Files.delete(device);
    // The dock sees that it has left.
    Thread.sleep(1500);
  }

  private void killOnce(Path device) throws Exception {
    switch (moments.size() % KILLS_A_DISK) {
      case 0 -> Thread.sleep(random.nextInt(LATEST_KILL_MILLIS));
      case 1 -> {
        await(device, List.of("LOAD", "VERIFY", "PROVE", "erasing"));
        Thread.sleep(random.nextInt(LATEST_LOAD_KILL_MILLIS));
      }
      default -> {
        await(device, List.of("erasing"));
        Thread.sleep(random.nextInt(LATEST_ERASE_KILL_MILLIS));
      }
    }
    moments.add(state(device));
    up.kill();
    up = start();
  }

  // Until the bay shows one of these, or is over.
  private void await(Path device, List<String> states) throws Exception {
    Instant deadline = Instant.now().plus(PATIENCE);
    String state = state(device);
    while (!states.contains(state) && !ENDS.contains(state) && Instant.now().isBefore(deadline)) {
      Thread.sleep(2);
      state = state(device);
    }
  }

  // State and, while it is loaded, the phase: what the bay shows at this moment.
  private String state(Path device) throws IOException {
    for (JsonNode row :
        new OperatorClient(new Home(home).operatorSocket()).call("dock list", Map.of())) {
      if (row.path("bay").asString("").equals(device.toString())) {
        String state = row.path("state").asString("");
        return state.equals("loading") ? row.path("phase").asString("") : state;
      }
    }
    return "not yet taken up";
  }

  private String createJob(String name) throws Exception {
    Path tree = folder.resolve("tree");
    Path manifest =
        Files.writeString(
            folder.resolve("manifest.txt"),
            """
            manifestVersion: 2.0
            bucket: killed
            prefix: %s/
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
            """
                .formatted(name));
    Matcher id =
        JOB_ID.matcher(up.diskferry("CreateJob", "Import", manifest.toString(), tree.toString()));
    assertThat(id.find()).isTrue();
    return id.group(1);
  }

  private Listing makeTree() throws Exception {
    Path tree = Files.createDirectories(folder.resolve("tree"));
    return new ContentSet(SEED)
        .smallFiles("small", 400, 20_000)
        .file("film.bin", 20L << 20, ContentSet.Pattern.RANDOM)
        .writeTo(tree);
  }

  private Path dock(String name) throws Exception {
    Path image = folder.resolve("disk.img");
    Files.deleteIfExists(image);
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
    Path part = up.dock().resolve(name + ".img.part");
    Files.move(image, part, StandardCopyOption.REPLACE_EXISTING);
    Thread.sleep(1500);
    return Files.move(part, up.dock().resolve(name + ".img"));
  }

  private void await(String job, Path device) throws Exception {
    Instant deadline = Instant.now().plus(PATIENCE);
    String status = "";
    while (Instant.now().isBefore(deadline)) {
      status = up.diskferry("GetStatus", job);
      // The last zero is written long before it is read back and told: who takes the disk away then
      // leaves its job open.
      if (status.contains("ProgressCode: Complete")
          && isZero(device)
          && ENDS.contains(state(device))) {
        return;
      }
      Thread.sleep(500);
    }
    throw new IllegalStateException(
        "job " + job + " did not come to its end after " + moments + ": " + status);
  }

  private static boolean isZero(Path device) throws IOException {
    byte[] step = new byte[1 << 20];
    byte[] zeros = new byte[1 << 20];
    long zero = 0;
    try (InputStream in = Files.newInputStream(device)) {
      for (int count = in.read(step); count > 0; count = in.read(step)) {
        if (!Arrays.equals(step, 0, count, zeros, 0, count)) {
          return false;
        }
        zero += count;
      }
    }
    return zero == DISK;
  }

  private void assertLog(String job, String name, Listing expected) throws Exception {
    Path log = folder.resolve("log.csv");
    up.s3("s3", "cp", "s3://killed/logs/import-log-" + job, log.toString());
    List<NamedCsvRecord> rows =
        CsvReader.builder().ofNamedCsvRecord(Files.readString(log)).stream().toList();
    assertThat(rows).hasSize(expected.files().size() + 1);
    for (NamedCsvRecord row : rows) {
      String file = row.getField("File");
      if (!file.equals("SIGNATURE")) {
        assertThat(row.getField("Status")).isEqualTo("200");
        assertThat(row.getField("Key")).isEqualTo("killed/" + name + "/" + file);
        assertThat(row.getField("MD5")).isEqualTo(expected.files().get(file).md5());
      }
    }
  }

  private void assertBucket(String name, Listing expected) throws Exception {
    Path got = Files.createDirectory(folder.resolve("got-" + name));
    up.s3("s3", "sync", "--only-show-errors", "s3://killed/" + name, got.toString());
    Listing found = Listing.ofDirectory(got);
    assertThat(found.files().keySet()).isEqualTo(expected.files().keySet());
    found
        .files()
        .forEach((path, row) -> assertThat(row.md5()).isEqualTo(expected.files().get(path).md5()));
  }

  // Bodies of the disk's files that were sent more than once.
  private List<String> repeated(String name) throws IOException {
    Set<String> seen = new HashSet<>();
    return Files.readAllLines(CountedUp.requests(home)).stream()
        .filter(request -> request.startsWith("killed/" + name + "/"))
        .filter(request -> !seen.add(request))
        .toList();
  }
}
