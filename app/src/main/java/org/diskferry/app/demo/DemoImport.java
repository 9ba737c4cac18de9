package org.diskferry.app.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.diskferry.app.service.RunningService;
import org.diskferry.job.JobId;
import org.diskferry.store.BucketName;
import org.diskferry.store.StoreException;
import org.diskferry.tool.screen.Sizes;

/// A disk goes in, a bucket comes out.
final class DemoImport {
  /// Where the objects go.
  static final BucketName BUCKET = new BucketName("demo-archive");

  private static final String REGION = "us-east-1";
  private static final long DISK = 512L << 20;
  private static final int LINES_SHOWN = 8;

  private static final String MANIFEST =
      """
      manifestVersion: 2.0
      generator: Diskferry demo
      bucket: demo-archive
      prefix: disk-1/
      deviceId: DEMO-1
      eraseDevice: yes
      notificationEmail: archive@example.com
      setContentEncodingForGzFiles: yes
      diskTimestampMetadataKey: disk-timestamp
      ignore:
        - ~$
        - ^\\$RECYCLE\\.BIN/
      returnAddress:
        name: Demo
        street1: 1 Any Street
        city: Anytown
        stateOrProvince: WA
        postalCode: 98101
        country: USA
        phoneNumber: 206-555-0100
      """;

  private final DemoStage stage;
  private final RunningService service;
  private final PrintWriter out;

  DemoImport(DemoStage stage) {
    this.stage = stage;
    this.service = stage.service();
    this.out = stage.out();
  }

  void run() throws IOException, InterruptedException, StoreException {
    stage.step("A bucket, and a job for a disk");
    service.createBucket(BUCKET, REGION);
    Path tree = Files.createDirectories(stage.file("tree"));
    JobId job = stage.createJob("Import", MANIFEST, tree);
    stage.step("A disk with photographs, a film, documents, mail: GPT, ext4, SIGNATURE at its top");
    new DemoTree(tree).write();
    Path image = stage.file("disk.img.part");
    DemoDisk.make(image, DISK, tree);
    stage.command("disk", "show", image.toString());
    stage.step("The disk arrives");
    Instant start = Instant.now();
    Path docked = stage.dock(image);
    stage.follow(job);
    Duration took = Duration.between(start, Instant.now());
    stage.step("The log");
    long bytes = stage.showLog(BUCKET, "import-log-" + job);
    out.printf(
        "proven: every row, %s stored, read back and compared; %.0f MB/s over the whole stay%n",
        Sizes.of(bytes), bytes / 1e6 / Math.max(0.001, took.toMillis() / 1e3));
    listBucket();
    stage.step("The disk");
    out.printf("every one of its %d bytes reads zero%n", countZeros(docked));
    stage.command("GetStatus", job.value(), "--json");
    out.flush();
  }

  // Another program has the keys of the depot's customers only.
  private void listBucket() throws IOException, InterruptedException, StoreException {
    if (service.isStoreEmbedded()) {
      stage.step("The bucket, as another program sees it");
      listByRealClient();
      return;
    }
    stage.step("The bucket at " + service.objects());
    service.store().list(BUCKET, "", "").objects().stream()
        .limit(LINES_SHOWN)
        .forEach(object -> out.printf("%12d %s%n", object.size(), object.key()));
  }

  private void listByRealClient() throws IOException, InterruptedException {
    Path aws = Path.of("/usr/bin/aws");
    if (!Files.isExecutable(aws)) {
      out.println("(no command line client is installed)");
      return;
    }
    String script =
        ". '%s'; %s --endpoint-url \"$AWS_ENDPOINT_URL_S3\" s3 ls --recursive --summarize s3://%s"
            .formatted(stage.home().clientEnvironment(), aws, BUCKET);
    Process process = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
    process.getOutputStream().close();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()).forEach(out::println);
    if (process.waitFor() != 0) {
      throw new IOException("the command line client could not list the bucket");
    }
  }

  private static long countZeros(Path image) throws IOException {
    long count = 0;
    byte[] piece = new byte[1 << 20];
    byte[] zeros = new byte[1 << 20];
    try (InputStream in = Files.newInputStream(image)) {
      int length;
      while ((length = in.read(piece)) > 0) {
        if (Arrays.mismatch(piece, 0, length, zeros, 0, length) >= 0) {
          throw new IOException(image + ": a byte after " + count + " is not zero");
        }
        count += length;
      }
    }
    return count;
  }
}
