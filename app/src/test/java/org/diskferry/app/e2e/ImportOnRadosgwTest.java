package org.diskferry.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;
import org.diskferry.app.home.Home;
import org.diskferry.app.service.RunningService;
import org.diskferry.app.service.ServiceSettings;
import org.diskferry.app.store.SharedRadosgw;
import org.diskferry.media.testing.Tool;
import org.diskferry.store.BucketName;
import org.diskferry.store.Headers;
import org.diskferry.store.ObjectKey;
import org.diskferry.store.ObjectStore;
import org.diskferry.store.StoreCapabilities;
import org.diskferry.store.StoredObject;
import org.diskferry.store.s3.AddressStyle;
import org.diskferry.store.s3.HttpStore;
import org.diskferry.store.testing.Radosgw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One disk, imported twice with all options: into the embedded depot, and by a service of its own
/// into Ceph's gateway, over TLS with a private authority and with buckets in the host. Both end
/// with the same bucket and the same log.
@Timeout(400)
class ImportOnRadosgwTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int DISK = 48 << 20;
  private static final int LARGER_THAN_A_BUFFER = 17 << 20;
  private static final BucketName ARCHIVE = new BucketName("archive");
  private static final BucketName LOGS = new BucketName("logs");
  private static final BucketName SCRATCH = new BucketName("scratch");
  private static final Pattern JOB_ID = Pattern.compile("JobId: (\\w{5})");

  private static final String MANIFEST =
      """
      manifestVersion: 2.0
      generator: all options
      bucket: archive
      deviceId: 3QD0T87T
      eraseDevice: yes
      notificationEmail: john.doe@example.com
      prefix: taken/
      logBucket: logs
      logPrefix: of-the-day/
      acl: public-read
      cacheControl: max-age=3600
      contentLanguage: de
      expires: Thu, 01 Dec 2033 16:00:00 GMT
      setContentEncodingForGzFiles: yes
      diskTimestampMetadataKey: disk-time
      staticMetadata:
        origin: field trip
      contentTypes:
        dat: application/x-sensor
      substitutions:
        ":" : "-"
        "raw/" : "cooked/"
      ignore:
        - \\.tmp$
        - ^cache/
      returnAddress:
        name: Any Name
        street1: 123 Any Street
        city: Anytown
        stateOrProvince: WA
        postalCode: 91011-1111
        phoneNumber: 206-555-1111
        country: USA
      """;

  @TempDir private Path folder;

  @Test
  void theSameDiskEndsAsTheSameBucketAndLog() throws Exception {
    Tool.require(ImportOnRadosgwTest.class, "mke2fs");
    Radosgw gateway = SharedRadosgw.require(ImportOnRadosgwTest.class);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    Path ours = folder.resolve("ours");
    Path theirs = folder.resolve("theirs");
    try (HttpStore ceph =
            SharedRadosgw.client(
                gateway, gateway.plain(), AddressStyle.PATH, StoreCapabilities.COMMON);
        RunningService embedded =
            RunningService.start(
                new ServiceSettings(new Home(ours).prepared(), 0, null), InstantSource.system())) {
      for (BucketName bucket : List.of(ARCHIVE, LOGS, SCRATCH)) {
        ceph.createBucket(bucket, "");
        embedded.createBucket(bucket, "us-east-1");
      }
      try (Up up = Up.start(theirs, hosts(), words(gateway))) {
        String here = created(embedded.jobs(), ours);
        String there = created(up.jobs(), theirs);
        Path diskHere = dock(here, ours);
        Path diskThere = dock(there, theirs);
        await(embedded.jobs(), ours, here, diskHere);
        await(up.jobs(), theirs, there, diskThere);

        assertSameLog(embedded.store(), here, ceph, there);
        assertSameObjects(embedded.store(), ceph);
        assertThat(proofs(ceph, there)).isEqualTo(proofs(embedded.store(), here));
        assertThat(proofs(ceph, there)).containsOnly("", "READ_BACK");
        assertPublic(embedded.objects() + "/archive/taken/plain.txt", ours);
        assertPublic(
            "http://127.0.0.1:" + gateway.plain().getPort() + "/archive/taken/plain.txt", ours);
        assertThat(Files.readString(theirs.resolve("store-report.json")))
            .contains("REDUCED_REDUNDANCY", "\"crc32c\" : \"NONE\"");
        assertThat(theirs.resolve("depot")).isEmptyDirectory();
      }
    }
  }

  private List<String> hosts() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String name : List.of("", ARCHIVE + ".", LOGS + ".", SCRATCH + ".")) {
      lines.append("127.0.0.1 ").append(name).append(Radosgw.HOST).append('\n');
    }
    lines.append("127.0.0.1 localhost\n");
    Path file = Files.writeString(folder.resolve("hosts"), lines);
    return List.of("-Djdk.net.hosts.file=" + file);
  }

  private List<String> words(Radosgw gateway) throws IOException {
    String secret = new String(gateway.credentials().secret().bytes(), StandardCharsets.UTF_8);
    Path keys =
        Files.writeString(
            folder.resolve("keys.ini"),
            "[archive]\naws_access_key_id = %s\naws_secret_access_key = %s\n"
                .formatted(gateway.credentials().id(), secret));
    return List.of(
        "--store",
        gateway.secure().toString(),
        "--store-credentials",
        keys.toString(),
        "--store-profile",
        "archive",
        "--store-ca",
        gateway.certificate().toString(),
        "--store-style",
        "virtual",
        "--store-bucket",
        SCRATCH.value());
  }

  private String created(URI jobs, Path home) throws Exception {
    Path tree = Files.createDirectories(folder.resolve(home.getFileName() + "-tree"));
    Path manifest = Files.writeString(folder.resolve("manifest.txt"), MANIFEST);
    String said = say(jobs, home, "CreateJob", "Import", manifest.toString(), tree.toString());
    Matcher id = JOB_ID.matcher(said);
    assertThat(id.find()).as(said).isTrue();
    return id.group(1);
  }

  private static String say(URI jobs, Path home, String... words) {
    List<String> line = new ArrayList<>(List.of(words));
    line.addAll(
        List.of(
            "--endpoint", jobs.toString(),
            "--credentials", home.resolve("keys/customer.user").toString(),
            "--ca-bundle", home.resolve("keys/cert.pem").toString()));
    StringWriter said = new StringWriter();
    CommandLine commands = org.diskferry.tool.Tool.withVerbs(new CommandLine(new Words()));
    commands.setOut(new PrintWriter(said, true)).setErr(new PrintWriter(said, true));
    assertThat(commands.execute(line.toArray(String[]::new))).as(said.toString()).isZero();
    return said.toString();
  }

  @CommandLine.Command(name = "diskferry")
  private static final class Words {}

  // The trees differ in nothing but SIGNATURE.
  private Path dock(String job, Path home) throws Exception {
    Path tree = folder.resolve(home.getFileName() + "-tree");
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("plain.txt", bytes(3000));
    files.put("empty", new byte[0]);
    files.put("raw/run:1.dat", bytes(70_000));
    files.put("raw/film.mpg", bytes(LARGER_THAN_A_BUFFER));
    files.put("letters/\u00e9 \u4e2d.html", bytes(500));
    files.put("packed.txt.gz", gzip());
    files.put("left.tmp", bytes(10));
    files.put("cache/left", bytes(20));
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = tree.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
      Files.setLastModifiedTime(path, FileTime.from(Instant.parse("2025-06-07T08:09:10Z")));
    }
    Path image = home.resolve("dock").resolve(job + ".img.part");
    try (RandomAccessFile disk = new RandomAccessFile(image.toFile(), "rw")) {
      disk.setLength(DISK);
    }
    Tool.run("mke2fs", "-q", "-F", "-t", "ext4", "-d", tree.toString(), image.toString());
    Thread.sleep(1500);
    return Files.move(image, image.resolveSibling(job + ".img"));
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static byte[] gzip() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes(4000));
    }
    return out.toByteArray();
  }

  private static void await(URI jobs, Path home, String job, Path disk) throws Exception {
    Instant deadline = Instant.now().plus(PATIENCE);
    String status = "";
    while (Instant.now().isBefore(deadline)) {
      status = say(jobs, home, "GetStatus", job);
      if (status.contains("ProgressCode: Complete")
          && Arrays.equals(Files.readAllBytes(disk), new byte[DISK])) {
        return;
      }
      Thread.sleep(300);
    }
    throw new IOException("job " + job + " did not become Complete: " + status);
  }

  private static byte[] fetch(ObjectStore store, BucketName bucket, String key) throws Exception {
    StoredObject object = store.head(bucket, new ObjectKey(key)).orElseThrow();
    ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(object.size()));
    store.read(bucket, object.key(), object.etag(), 0, content);
    return content.array();
  }

  private static void assertSameLog(ObjectStore here, String jobHere, ObjectStore there, String job)
      throws Exception {
    List<List<String>> rows = rows(here, jobHere);
    assertThat(rows(there, job)).isEqualTo(rows);
    assertThat(rows.stream().map(row -> row.get(1)).distinct()).contains("200", "103");
    assertThat(rows.stream().map(row -> row.get(3)))
        .contains("archive/taken/cooked/run-1.dat", "archive/taken/letters/\u00e9 \u4e2d.html");
  }

  // All columns but the time.
  private static List<List<String>> rows(ObjectStore store, String job) throws Exception {
    String log =
        new String(fetch(store, LOGS, "of-the-day/import-log-" + job), StandardCharsets.UTF_8);
    List<List<String>> rows = new ArrayList<>();
    for (NamedCsvRecord row : CsvReader.builder().ofNamedCsvRecord(log).stream().toList()) {
      rows.add(row.getFields().subList(1, row.getFieldCount()));
    }
    return rows;
  }

  private record Seen(long size, String etag, Headers headers) {}

  private static void assertSameObjects(ObjectStore here, ObjectStore there) throws Exception {
    Map<ObjectKey, Seen> objects = objects(here);
    assertThat(objects(there)).isEqualTo(objects);
    assertThat(objects).hasSize(6);
    Headers gzip = objects.get(new ObjectKey("taken/packed.txt.gz")).headers();
    assertThat(gzip.contentEncoding()).isEqualTo("gzip");
    assertThat(gzip.metadata()).containsEntry("origin", "field trip").containsKey("disk-time");
    assertThat(gzip.cacheControl()).isEqualTo("max-age=3600");
  }

  private static Map<ObjectKey, Seen> objects(ObjectStore store) throws Exception {
    Map<ObjectKey, Seen> seen = new TreeMap<>();
    for (StoredObject object : store.list(ARCHIVE, "", "").objects()) {
      Headers headers = store.headers(ARCHIVE, object.key()).orElseThrow();
      seen.put(object.key(), new Seen(object.size(), object.etag(), headers));
    }
    return seen;
  }

  // How each file was proven, from the log's companion.
  private static List<String> proofs(ObjectStore store, String job) throws Exception {
    byte[] report = fetch(store, LOGS, "of-the-day/import-log-" + job + ".json");
    List<String> levels = new ArrayList<>();
    for (JsonNode row : new JsonMapper().readTree(report).path("rows")) {
      levels.add(row.path("proof").asString(""));
    }
    return levels;
  }

  private static void assertPublic(String address, Path home) throws Exception {
    SSLContext trust = SharedRadosgw.trust(home);
    try (HttpClient anybody = HttpClient.newBuilder().sslContext(trust).build()) {
      HttpResponse<byte[]> answer =
          anybody.send(
              HttpRequest.newBuilder(URI.create(address)).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(bytes(3000));
    }
  }
}
