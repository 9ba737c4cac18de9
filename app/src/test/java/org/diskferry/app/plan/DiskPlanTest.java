package org.diskferry.app.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diskferry.access.Credentials;
import org.diskferry.job.JobType;
import org.diskferry.job.manifest.ExportOperation;
import org.diskferry.job.manifest.Manifest;
import org.diskferry.job.manifest.ManifestReader;
import org.diskferry.job.manifest.ManifestResult;
import org.diskferry.job.manifest.Regions;
import org.diskferry.job.manifest.Submission;
import org.diskferry.store.Body;
import org.diskferry.store.BucketName;
import org.diskferry.store.Checksum;
import org.diskferry.store.Headers;
import org.diskferry.store.ObjectKey;
import org.diskferry.store.testing.LoopbackS3;
import org.diskferry.store.testing.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The verb, against a store that is asked over HTTP.
@Timeout(120)
class DiskPlanTest {
  private static final BucketName BUCKET = new BucketName("photos");
  private static final Credentials CREDENTIALS =
      Credentials.of("AKIDEXAMPLE", "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY");

  @TempDir private Path folder;
  private final MemoryStore store = MemoryStore.likeS3().withBucket(BUCKET, "us-east-1");
  private LoopbackS3 server;
  private Path keys = Path.of("");
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void start() throws Exception {
    server = LoopbackS3.start(store, CREDENTIALS, InstantSource.system());
    keys =
        Files.writeString(
            folder.resolve("keys.ini"),
            "[default]\naws_access_key_id=%s\naws_secret_access_key=%s\n"
                .formatted(CREDENTIALS.id(), new String(CREDENTIALS.secret().bytes(), UTF_8)));
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private void put(String key, int size) throws Exception {
    store.put(
        BUCKET,
        new ObjectKey(key),
        Headers.ofType("text/plain"),
        Body.of(new byte[size]),
        Checksum.NONE);
  }

  private int run(String... more) {
    List<String> words = new ArrayList<>(List.of("--bucket", "photos"));
    words.addAll(List.of("--store-credentials", keys.toString(), "--store-profile", "default"));
    words.addAll(Arrays.asList(more));
    Map<String, String> environment =
        Map.of("AWS_ENDPOINT_URL_S3", server.address("127.0.0.1").toString());
    return new CommandLine(new DiskPlan(environment))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(words.toArray(String[]::new));
  }

  @Test
  void whatIsPrintedIsReadAsAManifestsOperations() throws Exception {
    List<String> odd =
        List.of("a: b #c", "quote\"and\\back", "tab\tand\nnewline", "☃ \uD83D\uDE00", " blank ");
    for (String key : odd) {
      put(key, 5 << 20);
    }

    assertThat(run("--capacity", "14MiB")).as(err.toString()).isZero();

    List<ExportOperation> operations = new ArrayList<>();
    for (String disk : out.toString().split("(?m)^# Disk .*$", -1)) {
      if (!disk.isBlank()) {
        operations.addAll(operations(disk));
      }
    }
    List<String> sorted = odd.stream().map(ObjectKey::new).sorted().map(ObjectKey::value).toList();
    assertThat(operations)
        .containsExactly(
            new ExportOperation("photos", "", "", sorted.get(0), "photos"),
            new ExportOperation("photos", "", sorted.get(0), sorted.get(1), "photos"),
            new ExportOperation("photos", "", sorted.get(1), sorted.get(2), "photos"),
            new ExportOperation("photos", "", sorted.get(2), sorted.get(3), "photos"),
            new ExportOperation("photos", "", sorted.get(3), sorted.get(4), "photos"));
  }

  private static List<ExportOperation> operations(String text) {
    String manifest =
        """
        manifestVersion: 2.0
        deviceId: 1
        logBucket: photos
        fileSystem: NTFS
        notificationEmail: archive@example.com
        pinCode: 4321
        %s
        returnAddress:
          name: Jane
          company: Archive
          street1: 1 Main Street
          city: Seattle
          stateOrProvince: WA
          postalCode: 98101
          phoneNumber: 206-555-0100
          country: USA
        """
            .formatted(text);
    ManifestResult result =
        new ManifestReader(Regions.ofGuide())
            .read(
                Submission.unsigned(JobType.EXPORT, manifest), bucket -> Optional.of("us-east-1"));
    assertThat(result).as(manifest).isInstanceOf(ManifestResult.Accepted.class);
    return ((Manifest.S3Export) ((ManifestResult.Accepted) result).manifest()).operations();
  }

  @Test
  void prefixAndDirectoryAreTakenOver() throws Exception {
    put("2008/a", 10);
    put("2009/a", 10);
    put("2009/b", 10);

    assertThat(run("--capacity", "100MB", "--prefix", "2009/", "--target-directory", "/")).isZero();

    assertThat(out.toString())
        .contains("# Disk 1 of 1: 2 objects, 20 bytes")
        .contains("  - exportBucket: \"photos\"")
        .contains("    prefix: \"2009/\"")
        .doesNotContain("beginMarker")
        .contains("    endMarker: \"2009/b\"")
        .contains("    targetDirectory: \"/\"");
  }

  @Test
  void moreThanOnePageIsListed() throws Exception {
    for (int i = 0; i < 2345; i++) {
      put("%05d".formatted(i), i % 3);
    }

    assertThat(run("--capacity", "100MB", "--file-system", "EXT4", "--json")).isZero();

    JsonNode plan = new JsonMapper().readTree(out.toString());
    assertThat(plan.path("disks").size()).isEqualTo(1);
    JsonNode disk = plan.path("disks").path(0);
    assertThat(disk.path("objects").asInt()).isEqualTo(2345);
    assertThat(disk.path("operations").path(0).path("endMarker").asString()).isEqualTo("02344");
    assertThat(disk.path("full").asDouble()).isBetween(0.0, 1.0);
    assertThat(plan.path("leftOut").size()).isZero();
  }

  @Test
  void whatNoDiskHoldsIsNamedAndEndsWithFour() throws Exception {
    put("a", 10);
    put("large", 6 << 20);

    assertThat(run("--capacity", "8MB", "--json")).isEqualTo(4);

    JsonNode plan = new JsonMapper().readTree(out.toString());
    assertThat(plan.path("leftOut").path(0).path("key").asString()).isEqualTo("large");
    assertThat(err.toString()).contains("large is left out: its 6291456 bytes");
  }

  @Test
  void anEmptyBucketNeedsNoDisk() {
    assertThat(run("--capacity", "4TB", "--encrypted")).isZero();
    assertThat(out.toString()).contains("nothing to export");
  }

  @Test
  void aBucketThatIsNotThereEndsWithOne() {
    assertThat(run("--capacity", "4TB", "--bucket", "another")).isNotZero();
  }

  @Test
  void aWrongLineEndsWithTwo() {
    assertThat(run()).isEqualTo(2);
    assertThat(run("--capacity", "4 parsecs")).isEqualTo(2);
    assertThat(run("--capacity", "1MB")).isEqualTo(2);
    assertThat(run("--capacity", "4TB", "--file-system", "FAT32")).isEqualTo(2);
    assertThat(err.toString()).contains("4 parsecs", "too small");
    assertThat(out.toString()).isEmpty();
  }
}
