package org.diskferry.app.service;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diskferry.app.home.Home;
import org.diskferry.app.operator.OperatorClient;
import org.diskferry.job.JobId;
import org.diskferry.media.testing.Tool;
import org.diskferry.station.fill.FillSettings;
import org.diskferry.station.load.LoadSettings;
import org.diskferry.store.Body;
import org.diskferry.store.BucketName;
import org.diskferry.store.Checksum;
import org.diskferry.store.Headers;
import org.diskferry.store.ObjectKey;
import org.diskferry.store.StoredObject;
import org.diskferry.store.s3.Limits;
import org.diskferry.store.testing.FaultyStore;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// The whole service in this process, database, depot, query API and dock, with a store and disks
/// that fail when a test wants it; and what customers and operators do with it.
final class ServiceScene implements AutoCloseable {
  private static final int MIB = 1 << 20;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /// A device that has come here stays here by itself.
  private static final Set<String> FINAL = Set.of("refused", "failed", "done", "released");

  private static final Pattern JOB_ID = Pattern.compile("JobId: (\\w{5})");

  /// Small parts, so that small files take every way into the store.
  private static final LoadSettings LOADING =
      new LoadSettings(8, 32 * MIB, MIB, 4L * MIB, 5L * MIB, Duration.ofHours(1), true);

  private static final FillSettings FILLING =
      new FillSettings(8, 256 << 10, 4L * MIB, Duration.ofSeconds(2), Duration.ofHours(1), false);

  /// A store on the same machine answers at once, or not at all.
  private static final Limits SOON =
      new Limits(
          64,
          Duration.ofSeconds(10),
          Duration.ofSeconds(3),
          Duration.ofMinutes(10),
          3,
          Duration.ofMillis(20),
          Duration.ofMillis(100));

  private static final String MANIFEST =
      """
      manifestVersion: 2.0
      bucket: BUCKET
      deviceId: D1
      eraseDevice: yes
      notificationEmail: archive@example.com
      returnAddress:
        name: Any Name
        street1: 1 Any Street
        city: Anytown
        stateOrProvince: WA
        postalCode: 98101
        country: USA
        phoneNumber: 206-555-0100
      """;

  private final Home home;
  private final RunningService service;
  private final Gate gate;
  private final FaultyStore[] store;
  private final FaultyDisks disks;
  private final MovedClock clock;

  private ServiceScene(
      Home home,
      RunningService service,
      Gate gate,
      FaultyStore[] store,
      FaultyDisks disks,
      MovedClock clock) {
    this.home = home;
    this.service = service;
    this.gate = gate;
    this.store = store;
    this.disks = disks;
    this.clock = clock;
  }

  /// A clock that tests move forward.
  static final class MovedClock implements InstantSource {
    private volatile Duration ahead = Duration.ZERO;

    @Override
    public java.time.Instant instant() {
      return java.time.Instant.now().plus(ahead);
    }

    void ahead(Duration by) {
      ahead = by;
    }
  }

  /// Starts it in `folder`.
  static ServiceScene start(Path folder) throws IOException {
    // The database server runs as a user of its own and passes through here.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    Home home = new Home(folder.resolve("home")).prepared();
    FaultyStore[] store = new FaultyStore[1];
    Gate gate = new Gate();
    FaultyDisks disks = new FaultyDisks();
    MovedClock clock = new MovedClock();
    RunningService service =
        RunningService.start(
            new ServiceSettings(home, 0, null),
            clock,
            new StationParts(
                gate::route,
                sound -> {
                  store[0] = new FaultyStore(sound);
                  return store[0];
                },
                SOON,
                disks,
                LOADING,
                FILLING));
    return new ServiceScene(home, service, gate, store, disks, clock);
  }

  /// What lies between the station and its store.
  Gate gate() {
    return gate;
  }

  /// The store as the station sees it.
  FaultyStore store() {
    return store[0];
  }

  /// The disks as the station sees them.
  FaultyDisks disks() {
    return disks;
  }

  /// The service's clock.
  MovedClock clock() {
    return clock;
  }

  Path dock() {
    return home.dock();
  }

  Path depot() {
    return home.depot();
  }

  Path clientEnvironment() {
    return home.clientEnvironment();
  }

  /// Makes a bucket of the customer's.
  void bucket(String name) throws IOException {
    service.createBucket(new BucketName(name), "us-east-1");
  }

  /// What one of our commands says, typed by the customer.
  ///
  /// @throws IOException when it does not end with 0
  String customer(String... words) throws IOException {
    List<String> line = new ArrayList<>(List.of(words));
    line.addAll(
        List.of(
            "--endpoint", service.jobs().toString(),
            "--credentials", home.keys().resolve("customer.user").toString(),
            "--ca-bundle", home.keys().resolve("cert.pem").toString()));
    StringWriter said = new StringWriter();
    CommandLine commands = org.diskferry.tool.Tool.withVerbs(new CommandLine(new Words()));
    commands.setOut(new PrintWriter(said, true)).setErr(new PrintWriter(said, true));
    if (commands.execute(line.toArray(String[]::new)) != 0) {
      throw new IOException(String.join(" ", words) + ": " + said);
    }
    return said.toString();
  }

  @CommandLine.Command(name = "diskferry")
  private static final class Words {}

  /// Makes a job that loads into `bucket`; SIGNATURE is written into `tree`.
  JobId createJob(String bucket, Path tree) throws IOException {
    return createJob(bucket, tree, "");
  }

  /// Likewise, with further lines in its manifest.
  JobId createJob(String bucket, Path tree, String more) throws IOException {
    Path manifest = manifest(bucket, tree, more);
    Matcher id =
        JOB_ID.matcher(
            customer(
                "CreateJob",
                "Import",
                manifest.toString(),
                Files.createDirectories(tree).toString()));
    if (!id.find()) {
      throw new IOException("no job id");
    }
    return new JobId(id.group(1));
  }

  /// Makes a job that fills a device; SIGNATURE is written into `tree`.
  ///
  /// @param lines of the manifest beside version, device, addresses
  JobId createExport(Path tree, String lines) throws IOException {
    Path manifest =
        Files.writeString(
            tree.resolveSibling(tree.getFileName() + ".manifest"),
            MANIFEST.replaceAll("(?m)^(bucket|eraseDevice):.*\n", "") + lines);
    Matcher id =
        JOB_ID.matcher(
            customer(
                "CreateJob",
                "Export",
                manifest.toString(),
                Files.createDirectories(tree).toString()));
    if (!id.find()) {
      throw new IOException("no job id");
    }
    return new JobId(id.group(1));
  }

  /// Stores an object.
  void put(String bucket, String key, byte[] content) throws Exception {
    service
        .store()
        .put(
            new BucketName(bucket),
            new ObjectKey(key),
            Headers.ofType("application/octet-stream"),
            Body.of(content),
            Checksum.of(content));
  }

  /// Mends the manifest of a job, which is how a customer says `again`.
  void update(JobId job, String bucket, Path tree) throws IOException {
    update(job, bucket, tree, "");
  }

  /// Likewise, with further lines in it.
  void update(JobId job, String bucket, Path tree, String more) throws IOException {
    customer("UpdateJob", job.value(), "Import", manifest(bucket, tree, more).toString());
  }

  private static Path manifest(String bucket, Path tree, String more) throws IOException {
    return Files.writeString(
        tree.resolveSibling(tree.getFileName() + ".manifest"),
        MANIFEST.replace("BUCKET", bucket) + more);
  }

  /// What the customer is told of a job.
  JsonNode status(JobId job) throws IOException {
    return new ObjectMapper().readTree(customer("GetStatus", job.value(), "--json"));
  }

  /// One of the operator's verbs.
  JsonNode operator(String verb, Map<String, ?> arguments) throws IOException {
    return new OperatorClient(home.operatorSocket()).call(verb, arguments);
  }

  void attach(Path device) throws IOException, InterruptedException {
    attach(Map.of("device", device.toString()));
  }

  /// Attaches it as the device of `job`, whatever it says itself.
  void attach(Path device, JobId job) throws IOException, InterruptedException {
    attach(Map.of("device", device.toString(), "job", job.value()));
  }

  // Between a device's being closed and its bay's being free lies a moment.
  private void attach(Map<String, String> arguments) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        operator("dock attach", arguments);
        return;
      } catch (IOException e) {
        if (!String.valueOf(e.getMessage()).contains("is in its bay already")) {
          throw e;
        }
        expire(deadline, String.valueOf(e.getMessage()));
      }
    }
  }

  void detach(Path device) throws IOException, InterruptedException {
    operator("dock detach", Map.of("device", device.toString()));
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (disks.isOpen(device)) {
      expire(deadline, device + " did not leave: " + bay(device));
    }
  }

  /// The line of `dock list` with this device.
  JsonNode bay(Path device) throws IOException {
    for (JsonNode row : operator("dock list", Map.of())) {
      if (row.path("bay").asString("").equals(device.toString())) {
        return row;
      }
    }
    return new ObjectMapper().createObjectNode();
  }

  /// Waits until the bay of `device` shows `state`, and answers its line.
  JsonNode await(Path device, String state) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    JsonNode row = bay(device);
    while (!row.path("state").asString("").equals(state)) {
      if (FINAL.contains(row.path("state").asString(""))) {
        throw new IOException(device + " is not " + state + ": " + row);
      }
      expire(deadline, device + " is not " + state + ": " + row);
      row = bay(device);
    }
    return row;
  }

  private static void expire(long deadline, String why) throws IOException, InterruptedException {
    if (System.nanoTime() > deadline) {
      throw new IOException(why);
    }
    Thread.sleep(50);
  }

  /// What is under a key; empty where nothing is.
  String object(String bucket, String key) throws Exception {
    BucketName in = new BucketName(bucket);
    java.util.Optional<StoredObject> there = service.store().head(in, new ObjectKey(key));
    if (there.isEmpty()) {
      return "";
    }
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(there.get().size()));
    service.store().read(in, new ObjectKey(key), "", 0, bytes);
    return new String(bytes.array(), StandardCharsets.UTF_8);
  }

  /// When an object was stored, to the second.
  Instant modified(String bucket, String key) throws Exception {
    return service
        .store()
        .head(new BucketName(bucket), new ObjectKey(key))
        .orElseThrow()
        .modified()
        .truncatedTo(ChronoUnit.SECONDS);
  }

  /// The user metadata of an object.
  Map<String, String> metadata(String bucket, String key) throws Exception {
    return service
        .store()
        .headers(new BucketName(bucket), new ObjectKey(key))
        .orElseThrow()
        .metadata();
  }

  /// The log of a job, as text.
  String log(String bucket, JobId job) throws Exception {
    return object(bucket, "import-log-" + job);
  }

  /// The report beside it.
  String report(String bucket, JobId job) throws Exception {
    return object(bucket, "import-log-" + job + ".json");
  }

  /// Makes an ext4 disk of `mebibytes` with the files of `tree`.
  static Path ext4(Path image, int mebibytes, Path tree) throws Exception {
    try (RandomAccessFile disk = new RandomAccessFile(image.toFile(), "rw")) {
      disk.setLength((long) mebibytes * MIB);
    }
    Tool.run("mke2fs", "-q", "-F", "-t", "ext4", "-d", tree.toString(), image.toString());
    return image;
  }

  /// Makes an NTFS disk of `mebibytes` with the files at the top of `tree`.
  static Path ntfs(Path image, int mebibytes, Path tree) throws Exception {
    try (RandomAccessFile disk = new RandomAccessFile(image.toFile(), "rw")) {
      disk.setLength((long) mebibytes * MIB);
    }
    Tool.run("mkntfs", "-Q", "-F", "-q", image.toString());
    try (var files = Files.list(tree).sorted()) {
      for (Path file : files.toList()) {
        Tool.run("ntfscp", image.toString(), file.toString(), file.getFileName().toString());
      }
    }
    return image;
  }

  @Override
  public void close() throws IOException {
    service.close();
    gate.close();
  }
}
