package org.diskferry.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.NotRun;
import org.diskferry.media.testing.Tool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk goes in, a bucket comes out: the running service, real clients, disks of the real tools.
/// The three jobs are those of the guide's appendix B, "Import Examples".
class ImportJourneyTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int DISK = 16 << 20;
  private static final Pattern JOB_ID = Pattern.compile("JobId: (\\w{5})");

  private static final Map<String, Integer> FILES = new LinkedHashMap<>();

  static {
    FILES.put("Notice.txt", 1024);
    FILES.put("README.txt", 1000);
    FILES.put("images/chewie.GIF", 2970);
    FILES.put("images/chewie.TIF", 45_874);
    FILES.put("images/resources/chewie.psd", 204_117);
    FILES.put("images/wookie1.jpg", 299_770);
  }

  private static final String MANIFEST =
      """
      manifestVersion: 2.0
      bucket: myawsbucket
      deviceId: 3QD0T87T
      pinCode:4321
      eraseDevice: Yes
      notificationEmail: john.doe@example.com;jane.roe@example.com
      returnAddress:
        name: Any Name
        company: Example Corp.
        street1: 123 Any Street
        city: Anytown
        stateOrProvince: WA
        postalCode: 91011-1111
        phoneNumber: 206-555-1111
        country: USA
      """;

  @TempDir private static Path folder;
  private static Up up;

  @TempDir private Path work;

  @BeforeAll
  static void start() throws Exception {
    up = Up.start(folder.resolve("home"));
    up.s3("s3", "mb", "s3://myawsbucket");
  }

  @AfterAll
  static void stop() {
    up.close();
  }

  @BeforeEach
  void needsTools() {
    Tool.require(ImportJourneyTest.class, "mke2fs");
    NotRun.unless(
        Files.isExecutable(Path.of("/usr/bin/aws")),
        ImportJourneyTest.class,
        "the whole journey",
        "awscli");
  }

  @Test
  void theFirstExampleLoadsEveryFileUnderItsPath() throws Exception {
    List<NamedCsvRecord> log = journey(MANIFEST, "import-log-");

    assertThat(keys(log))
        .containsExactly(
            "Notice.txt 200 OK myawsbucket/Notice.txt text/plain",
            "README.txt 200 OK myawsbucket/README.txt text/plain",
            "SIGNATURE 103 Ignored  ",
            "images/chewie.GIF 200 OK myawsbucket/images/chewie.GIF image/gif",
            "images/chewie.TIF 200 OK myawsbucket/images/chewie.TIF image/tiff",
            "images/resources/chewie.psd 200 OK myawsbucket/images/resources/chewie.psd"
                + " image/vnd.adobe.photoshop",
            "images/wookie1.jpg 200 OK myawsbucket/images/wookie1.jpg image/jpeg");
  }

  @Test
  void theSecondExamplePutsItsPrefixesInFrontAndMakesObjectsPublic() throws Exception {
    List<NamedCsvRecord> log =
        journey(
            MANIFEST + "acl: public-read\nprefix: images/\nlogPrefix: loadlogs-\n",
            "loadlogs-import-log-");

    assertThat(keys(log)).contains("Notice.txt 200 OK myawsbucket/images/Notice.txt text/plain");
    assertThat(
            up.s3(
                "s3api", "get-object-acl", "--bucket", "myawsbucket", "--key", "images/Notice.txt"))
        .contains("http://acs.amazonaws.com/groups/global/AllUsers");
  }

  @Test
  void theThirdExampleIgnoresAFileAndTypesByTheManifestCaseSensitively() throws Exception {
    List<NamedCsvRecord> log =
        journey(
            MANIFEST
                + """
                acl: public-read
                prefix: dropoff
                contentTypes:
                  jpg: application/octet-stream
                  gif: application/octet-stream
                  tif: application/octet-stream
                  txt: text/html
                ignore:
                  - \\.psd$
                """,
            "import-log-");

    assertThat(keys(log))
        .contains(
            "Notice.txt 200 OK myawsbucket/dropoffNotice.txt text/html",
            "images/wookie1.jpg 200 OK myawsbucket/dropoffimages/wookie1.jpg application/octet-stream",
            "images/chewie.GIF 200 OK myawsbucket/dropoffimages/chewie.GIF image/gif",
            "images/resources/chewie.psd 103 Ignored  ");
  }

  @Test
  void aDiskThatWasLoadedOnceIsNotTakenForASecondJob() throws Exception {
    String job = createJob(MANIFEST + "prefix: twice/\n");
    Path first = makeDisk();
    Path copy = Files.copy(first, work.resolve("copy.img"));
    Path docked = dock(first, job + "-first.img");
    await(job, "Complete");

    Path second = dock(copy, job + "-second.img");

    awaitState(second, "refused");
    assertThat(Arrays.equals(Files.readAllBytes(second), new byte[DISK])).isFalse();
    assertThat(Arrays.equals(Files.readAllBytes(docked), new byte[DISK])).isTrue();
    Files.delete(second);
    Files.delete(docked);
  }

  // The whole journey; answers the rows of the log.
  private List<NamedCsvRecord> journey(String manifest, String logKey) throws Exception {
    String job = createJob(manifest);
    Path image = makeDisk();
    Listing expected = Listing.ofDirectory(work.resolve("tree"));

    Path docked = dock(image, job + "-disk.img");
    await(job, "Complete");

    Path log = work.resolve("log.csv");
    up.s3("s3", "cp", "s3://myawsbucket/" + logKey + job, log.toString());
    List<NamedCsvRecord> rows =
        CsvReader.builder().ofNamedCsvRecord(Files.readString(log)).stream().toList();
    for (NamedCsvRecord row : rows) {
      assertStored(row, expected);
    }
    assertThat(Arrays.equals(Files.readAllBytes(docked), new byte[DISK])).isTrue();
    Files.delete(docked);
    return rows;
  }

  // What the log says of a file is what the bucket holds and what was on the disk.
  private void assertStored(NamedCsvRecord row, Listing expected) throws Exception {
    Listing.Row source = expected.files().get(row.getField("File"));
    assertThat(row.getField("Bytes")).isEqualTo(Long.toString(source.size()));
    if (row.getField("Status").equals("200")) {
      assertThat(row.getField("MD5")).isEqualTo(source.md5());
      Path got = work.resolve("got");
      up.s3("s3", "cp", "s3://" + row.getField("Key"), got.toString());
      assertThat(Listing.row(Files.readAllBytes(got), source.mtime())).isEqualTo(source);
    } else {
      assertThat(row.getField("Key")).isEmpty();
    }
  }

  private static List<String> keys(List<NamedCsvRecord> log) {
    return log.stream()
        .map(row ->
            String.join(
                " ",
                row.getField("File"),
                row.getField("Status"),
                row.getField("Code"),
                row.getField("Key"),
                row.getField("Content-Type")))
        .toList();
  }

  private String createJob(String manifest) throws Exception {
    Path tree = Files.createDirectories(work.resolve("tree"));
    Path file = Files.writeString(work.resolve("manifest.txt"), manifest);
    String said = up.diskferry("CreateJob", "Import", file.toString(), tree.toString());
    Matcher id = JOB_ID.matcher(said);
    assertThat(id.find()).as(said).isTrue();
    return id.group(1);
  }

  private Path makeDisk() throws Exception {
    Path tree = work.resolve("tree");
    for (Map.Entry<String, Integer> file : FILES.entrySet()) {
      Path path = tree.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      byte[] content = new byte[file.getValue()];
      new Random(file.getValue()).nextBytes(content);
      Files.write(path, content);
    }
    Path image = work.resolve("disk.img");
    try (RandomAccessFile disk = new RandomAccessFile(image.toFile(), "rw")) {
      disk.setLength(DISK);
    }
    Tool.run("mke2fs", "-q", "-F", "-t", "ext4", "-d", tree.toString(), image.toString());
    return image;
  }

  // Copied under an unfinished name and renamed, as docs/manual/work-the-dock.md says.
  private static Path dock(Path image, String name) throws Exception {
    Path part = Files.copy(image, up.dock().resolve(name + ".part"));
    Thread.sleep(1500);
    return Files.move(part, up.dock().resolve(name));
  }

  private static void await(String job, String code) throws Exception {
    Instant deadline = Instant.now().plus(PATIENCE);
    String status = "";
    while (Instant.now().isBefore(deadline)) {
      status = up.diskferry("GetStatus", job);
      if (status.contains("ProgressCode: " + code) && erased(job)) {
        return;
      }
      Thread.sleep(1000);
    }
    throw new IOException("job " + job + " did not become " + code + ": " + status + list());
  }

  private static boolean erased(String job) throws Exception {
    return list().lines().anyMatch(line -> line.contains(job) && line.contains(" done "));
  }

  private static void awaitState(Path device, String state) throws Exception {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(deadline)) {
      if (list().lines().anyMatch(l -> l.contains(device.toString()) && l.contains(state))) {
        return;
      }
      Thread.sleep(1000);
    }
    throw new IOException(device + " did not become " + state + ": " + list());
  }

  private static String list() throws Exception {
    return up.diskferry("dock", "list", "--home", folder.resolve("home").toString());
  }
}
