package org.diskferry.station.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.diskferry.job.dispatch.DeviceIdentity;
import org.diskferry.job.dispatch.Progress;
import org.diskferry.job.dispatch.WorkOrder;
import org.diskferry.job.manifest.S3ImportManifest;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.RescueLimits;
import org.diskferry.media.block.RescuingDevice;
import org.diskferry.media.fs.Volume;
import org.diskferry.media.stack.DataVolume;
import org.diskferry.station.load.FileLoader;
import org.diskferry.station.load.LoadJob;
import org.diskferry.station.load.LoadResult;
import org.diskferry.station.load.LoadSettings;
import org.diskferry.station.load.ProofResult;
import org.diskferry.station.task.Steering;
import org.diskferry.store.BucketName;
import org.diskferry.store.ObjectKey;
import org.diskferry.store.ObjectStore;
import org.diskferry.store.StoreCapabilities;
import org.diskferry.store.testing.FaultyStore;
import org.diskferry.store.testing.MemoryStore;

/// A toy disk, a store in memory and a loader between them, at a time that stands still unless
/// somebody waits.
public final class LoadScene implements AutoCloseable, InstantSource {
  /// Where everything goes.
  public static final BucketName BUCKET = new BucketName("bucket");

  /// Small limits, so that files of a few MiB take every way.
  public static final LoadSettings SMALL =
      new LoadSettings(4, 8 << 20, 1 << 20, 3 << 20, 1 << 20, Duration.ofMinutes(10), true);

  private static final Instant START = Instant.parse("2009-02-03T21:57:43Z");

  private final Path directory;
  private final MemoryStore memory;
  private final FaultyStore store;
  private final Crowd crowd;
  private final ImageDevice device;
  private final RescuingDevice patient;
  private LoadSettings settings = SMALL;
  private Instant now = START;
  private Volume.State state = Volume.State.CLEAN;
  private long unexplained;
  private List<String> unread = List.of();
  private volatile int cancelAfterFiles = Integer.MAX_VALUE;
  private volatile int abandonAfterFiles = Integer.MAX_VALUE;

  /// With a store that can do all that S3 can.
  public LoadScene(Path directory, ToyDisk disk) throws IOException {
    this(directory, disk, StoreCapabilities.S3);
  }

  /// With a store that can do this.
  public LoadScene(Path directory, ToyDisk disk, StoreCapabilities capabilities)
      throws IOException {
    this.directory = directory;
    this.memory = new MemoryStore(this, capabilities, 1 << 20).withBucket(BUCKET, "us-east-1");
    this.store = new FaultyStore(memory);
    this.crowd = new Crowd(store);
    disk.write(directory.resolve("image"));
    this.device = ImageDevice.open(directory.resolve("image"));
    this.patient = new RescuingDevice(device, RescueLimits.DEFAULT, System::nanoTime);
  }

  @Override
  public Instant instant() {
    return now;
  }

  /// With other limits.
  public LoadScene settings(LoadSettings other) {
    settings = other;
    return this;
  }

  /// The volume says this of itself.
  public LoadScene volume(Volume.State is, long unexplainedBytes) {
    state = is;
    unexplained = unexplainedBytes;
    return this;
  }

  /// Something of the device could not be opened.
  public LoadScene unread(String what) {
    unread = List.of(what);
    return this;
  }

  /// The customer cancels when so many files are done.
  public LoadScene cancelAfter(int files) {
    cancelAfterFiles = files;
    return this;
  }

  /// The device leaves when so many files are done.
  public LoadScene abandonAfter(int files) {
    abandonAfterFiles = files;
    return this;
  }

  /// The device.
  public ImageDevice device() {
    return device;
  }

  /// The store, with faults.
  public FaultyStore store() {
    return store;
  }

  /// Most requests that the store had at once.
  public int mostAtOnce() {
    return crowd.most();
  }

  /// The store itself.
  public MemoryStore memory() {
    return memory;
  }

  private FileLoader loader(ObjectStore to) {
    return new FileLoader(
        to,
        settings,
        this,
        (d, keys) -> ToyTree.open(d, state, unexplained),
        time -> now = now.plus(time));
  }

  private LoadJob job(WorkOrder.Load order) throws MediaException {
    List<DataVolume> volumes = ToyTree.open(patient, state, unexplained);
    DeviceIdentity identity = new DeviceIdentity("image:1:1", "image", device.size());
    return new LoadJob(order, patient, identity, volumes, unread, directory.resolve("job"));
  }

  /// Loads by revision 1 of an order into the bucket, without a prefix.
  public LoadResult load() throws MediaException, IOException {
    return load(Manifests.into(BUCKET.value(), ""));
  }

  /// Loads by revision 1.
  public LoadResult load(S3ImportManifest manifest) throws MediaException, IOException {
    return load(Manifests.order(manifest));
  }

  /// Loads.
  public LoadResult load(WorkOrder.Load order) throws MediaException, IOException {
    return loader(crowd.store()).load(job(order), new Course());
  }

  /// Proves revision 1.
  public ProofResult prove() throws MediaException, IOException {
    return prove(Manifests.order(Manifests.into(BUCKET.value(), "")));
  }

  /// Proves.
  public ProofResult prove(WorkOrder.Load order) throws MediaException, IOException {
    return loader(crowd.store()).prove(job(order), new Course());
  }

  /// The lines of the log in the bucket, without the header.
  public List<String> log() throws Exception {
    byte[] log = memory.content(BUCKET, new ObjectKey("import-log-53TX4"));
    return new String(log, java.nio.charset.StandardCharsets.UTF_8).lines().skip(1).toList();
  }

  /// The report beside it.
  public String report() throws Exception {
    byte[] report = memory.content(BUCKET, new ObjectKey("import-log-53TX4.json"));
    return new String(report, java.nio.charset.StandardCharsets.UTF_8);
  }

  /// Keys in the bucket, without log and report.
  public List<String> keys() throws Exception {
    return memory.keys(BUCKET).stream()
        .map(ObjectKey::value)
        .filter(key -> !key.startsWith("import-log-"))
        .toList();
  }

  /// Bytes of an object.
  public byte[] content(String key) throws Exception {
    return memory.content(BUCKET, new ObjectKey(key));
  }

  /// Files of the job's folder.
  public List<Path> folder() throws IOException {
    try (var files = Files.list(directory.resolve("job"))) {
      return files.toList();
    }
  }

  @Override
  public void close() {
    device.close();
  }

  private final class Course implements Steering {
    private volatile long done;

    @Override
    public void progress(Progress progress) {
      done = progress.phase() == Progress.Phase.LOAD ? progress.doneFiles() : done;
    }

    @Override
    public boolean isCanceled() {
      return done >= cancelAfterFiles;
    }

    @Override
    public boolean isAbandoned() {
      return done >= abandonAfterFiles;
    }
  }
}
