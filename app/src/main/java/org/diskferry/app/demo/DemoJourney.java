package org.diskferry.app.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diskferry.app.home.Home;
import org.diskferry.app.screen.Table;
import org.diskferry.app.service.RunningService;
import org.diskferry.job.JobId;
import org.diskferry.job.dispatch.Progress.Phase;
import org.diskferry.station.dock.BayState;
import org.diskferry.store.BucketName;
import org.diskferry.store.ObjectKey;
import org.diskferry.store.StoreException;
import org.diskferry.store.StoredObject;
import org.diskferry.tool.Tool;
import org.diskferry.tool.screen.Bar;
import org.diskferry.tool.screen.Sizes;
import picocli.CommandLine;

/// The steps of the demo, each shown as it is taken. A step that does not end as it should throws.
final class DemoJourney {
  private static final BucketName BUCKET = new BucketName("demo-archive");
  private static final String REGION = "us-east-1";
  private static final long DISK = 512L << 20;
  private static final Duration GLANCE = Duration.ofMillis(200);

  /// A load that makes no progress for so long has stopped.
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final int ROWS_SHOWN = 8;
  private static final Pattern JOB_ID = Pattern.compile("JobId: (\\w{5})");

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

  private final RunningService service;
  private final Home home;
  private final Path folder;
  private final PrintWriter out;

  DemoJourney(RunningService service, Home home, Path folder, PrintWriter out) {
    this.service = service;
    this.home = home;
    this.folder = folder;
    this.out = out;
  }

  void run() throws IOException, InterruptedException, StoreException {
    step("A bucket, and a job for a disk");
    service.createBucket(BUCKET, REGION);
    Path tree = Files.createDirectories(folder.resolve("tree"));
    JobId job = createJob(tree);
    step("A disk with photographs, a film, documents, mail: GPT, ext4, SIGNATURE at its top");
    new DemoTree(tree).write();
    Path image = folder.resolve("disk.img.part");
    DemoDisk.make(image, DISK, tree);
    command("disk", "show", image.toString());
    step("The disk arrives");
    Path docked = home.dock().resolve("disk.img");
    Path arriving = home.dock().resolve("disk.img.part");
    Files.move(image, arriving, StandardCopyOption.REPLACE_EXISTING);
    Instant start = Instant.now();
    Thread.sleep(1500);
    Files.move(arriving, docked);
    follow(job);
    Duration took = Duration.between(start, Instant.now());
    step("The log");
    long bytes = showLog("import-log-" + job);
    out.printf(
        "proven: every row, %s stored, read back and compared; %.0f MB/s over the whole stay%n",
        Sizes.of(bytes), bytes / 1e6 / Math.max(0.001, took.toMillis() / 1e3));
    listBucket();
    step("The disk");
    out.printf("every one of its %d bytes reads zero%n", countZeros(docked));
    command("GetStatus", job.value(), "--json");
    out.flush();
  }

  private void step(String what) {
    out.println();
    out.println("── " + what);
    out.flush();
  }

  private JobId createJob(Path tree) throws IOException {
    Path manifest = Files.writeString(folder.resolve("manifest.txt"), MANIFEST);
    String said = command("CreateJob", "Import", manifest.toString(), tree.toString());
    Matcher id = JOB_ID.matcher(said);
    if (!id.find()) {
      throw new IOException("CreateJob named no job");
    }
    return new JobId(id.group(1));
  }

  // Runs one of the customer's commands as it would be typed, and shows it.
  private String command(String... words) throws IOException {
    List<String> line = new ArrayList<>(List.of(words));
    out.println("$ diskferry " + String.join(" ", words));
    if (!words[0].equals("disk")) {
      line.addAll(
          List.of(
              "--endpoint", service.jobs().toString(),
              "--credentials", home.keys().resolve("customer.user").toString(),
              "--ca-bundle", home.keys().resolve("cert.pem").toString()));
    }
    StringWriter said = new StringWriter();
    CommandLine commands = Tool.withVerbs(new CommandLine(new Words()));
    commands.setOut(new PrintWriter(said, true)).setErr(new PrintWriter(said, true));
    int code = commands.execute(line.toArray(String[]::new));
    out.print(said);
    if (code != 0) {
      throw new IOException(words[0] + " ended with " + code);
    }
    return said.toString();
  }

  @CommandLine.Command(name = "diskferry")
  private static final class Words {}

  private void follow(JobId job) throws IOException, InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    Phase shown = Phase.HOLD;
    Bar bar = Bar.ofBytes("", InstantSource.system());
    while (true) {
      Optional<BayState> bay = service.bay(job);
      if (bay.isPresent()) {
        BayState state = bay.get();
        if (state.progress().phase() != shown) {
          bar.close();
          shown = state.progress().phase();
          out.println("   " + word(shown));
          out.flush();
          bar = Bar.ofBytes(word(shown), InstantSource.system());
        }
        bar.at(state.progress().doneBytes(), state.progress().bytes());
        if (state.state().equals("done")) {
          bar.close();
          return;
        }
        if (List.of("on hold", "refused", "failed").contains(state.state())) {
          bar.close();
          throw new IOException("the device is " + state.state() + ": " + state.message());
        }
      }
      if (Instant.now().isAfter(deadline)) {
        bar.close();
        throw new IOException("the device was not done within " + PATIENCE + ": " + bay);
      }
      Thread.sleep(GLANCE);
    }
  }

  private static String word(Phase phase) {
    return switch (phase) {
      case SCAN -> "reading what is on it";
      case LOAD -> "reading and storing";
      case FORMAT -> "making a volume";
      case FILL -> "fetching and writing";
      case VERIFY -> "reading a second time";
      case PROVE -> "asking the store";
      case HOLD -> "on hold";
      case ERASE -> "erasing and reading back";
      case DONE -> "done";
    };
  }

  private long showLog(String key) throws StoreException {
    StoredObject log =
        service
            .store()
            .head(BUCKET, new ObjectKey(key))
            .orElseThrow(() -> new IllegalStateException("there is no log " + key));
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(log.size()));
    service.store().read(BUCKET, new ObjectKey(key), log.etag(), 0, bytes);
    List<DemoLog.Row> rows = DemoLog.read(StandardCharsets.UTF_8.decode(bytes.flip()).toString());
    TreeMap<String, Long> counts = new TreeMap<>();
    rows.forEach(row -> counts.merge(row.status() + " " + row.code(), 1L, Long::sum));
    List<List<String>> shown = new ArrayList<>();
    for (int i = 0; i < rows.size(); i += Math.max(1, rows.size() / ROWS_SHOWN)) {
      shown.add(rows.get(i).cells());
    }
    new Table(DemoLog.HEADING).lines(shown).forEach(out::println);
    out.printf("(%d of %d rows; all: %s)%n", shown.size(), rows.size(), counts);
    return rows.stream()
        .filter(row -> row.status().equals("200"))
        .mapToLong(DemoLog.Row::bytes)
        .sum();
  }

  // Another program has the keys of the depot's customers only.
  private void listBucket() throws IOException, InterruptedException, StoreException {
    if (service.isStoreEmbedded()) {
      step("The bucket, as another program sees it");
      listByRealClient();
      return;
    }
    step("The bucket at " + service.objects());
    service.store().list(BUCKET, "", "").objects().stream()
        .limit(ROWS_SHOWN)
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
            .formatted(home.clientEnvironment(), aws, BUCKET);
    Process process = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
    process.getOutputStream().close();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    lines.subList(Math.max(0, lines.size() - ROWS_SHOWN), lines.size()).forEach(out::println);
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
