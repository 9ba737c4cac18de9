package org.diskferry.station.testing;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.diskferry.job.dispatch.DeviceIdentity;
import org.diskferry.job.dispatch.Progress;
import org.diskferry.job.dispatch.WorkOrder;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.media.block.Extent;
import org.diskferry.media.fs.Content;
import org.diskferry.media.fs.Coverage;
import org.diskferry.media.fs.FileName;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Link;
import org.diskferry.media.fs.Node;
import org.diskferry.media.fs.Volume;
import org.diskferry.media.stack.DataVolume;
import org.diskferry.station.Digests;
import org.diskferry.station.load.FileLoader;
import org.diskferry.station.load.LoadJob;
import org.diskferry.station.load.LoadResult;
import org.diskferry.station.load.LoadSettings;
import org.diskferry.station.load.ProofResult;
import org.diskferry.station.load.Steering;
import org.diskferry.store.Body;
import org.diskferry.store.BucketName;
import org.diskferry.store.Checksum;
import org.diskferry.store.Headers;
import org.diskferry.store.ObjectKey;
import org.diskferry.store.ObjectStore;
import org.diskferry.store.StoreException;
import org.diskferry.store.StoredObject;

/// Loads and proves a device of as many small files as are asked for, none of which exists: what
/// the station itself needs of memory and time. Run it with `-Xmx256m`; arguments: how many files,
/// and a directory for the job's folder.
public final class MillionFiles {
  private static final int FILES_A_DIRECTORY = 1000;
  private static final int SLOT = 8192;
  private static final Instant TIME = Instant.parse("2009-02-03T21:57:43Z");
  private static final BucketName BUCKET = new BucketName("bucket");

  private final int count;

  private MillionFiles(int count) {
    this.count = count;
  }

  /// Runs and prints figures.
  public static void main(String[] arguments) throws Exception {
    MillionFiles files = new MillionFiles(Integer.parseInt(arguments[0]));
    files.run(Path.of(arguments[1]));
  }

  private void run(Path folder) throws Exception {
    LoadSettings settings =
        new LoadSettings(16, 64 << 20, 16 << 20, 1L << 30, 16 << 20, Duration.ofHours(1), false);
    FileLoader loader =
        new FileLoader(
            new Sink(),
            settings,
            InstantSource.system(),
            device -> List.of(new DataVolume(0, device, 0, new Tree())),
            time -> {});
    Device device = new Device();
    WorkOrder.Load order = Manifests.order(Manifests.into(BUCKET.value(), ""));
    LoadJob job =
        new LoadJob(
            order,
            device,
            new DeviceIdentity("made-up", "made up", device.size()),
            List.of(new DataVolume(0, device, 0, new Tree())),
            List.of(),
            folder);
    long start = System.nanoTime();
    LoadResult loaded = loader.load(job, new Course());
    System.out.println(loaded + " after " + seconds(start) + " s");
    long proving = System.nanoTime();
    ProofResult proven = loader.prove(job, new Course());
    System.out.println(proven + " after another " + seconds(proving) + " s");
    System.out.println(
        "rows " + Files.readString(folder.resolve("import-log.csv")).lines().count());
    System.out.println("CPU seconds " + cpuSeconds());
    Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .forEach(System.out::println);
  }

  private static String seconds(long startNanos) {
    return "%.1f".formatted((System.nanoTime() - startNanos) / 1e9);
  }

  private static long cpuSeconds() {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime() / 1_000_000_000;
  }

  private static int size(int file) {
    return file % 4096;
  }

  private static byte[] bytes(int file) {
    ByteBuffer bytes = ByteBuffer.allocate(size(file));
    fill((long) file * SLOT, bytes);
    return bytes.array();
  }

  private static void fill(long position, ByteBuffer target) {
    long at = position;
    while (target.hasRemaining()) {
      target.put((byte) ((at / SLOT * 31 + at) >>> (at & 7)));
      at++;
    }
  }

  private static String key(int file) {
    return "d%06d/f%06d".formatted(file / FILES_A_DIRECTORY, file % FILES_A_DIRECTORY);
  }

  private static int file(String key) {
    int directory = Integer.parseInt(key.substring(1, 7));
    return directory * FILES_A_DIRECTORY + Integer.parseInt(key.substring(9, 15));
  }

  private final class Tree implements FileTree {
    @Override
    public Volume volume() {
      long size = (long) count * SLOT;
      return new Volume("none", "", "", SLOT, size, size, Volume.State.CLEAN);
    }

    @Override
    public long root() {
      return -2;
    }

    @Override
    public void scan(Visitor visitor) throws MediaException {
      for (int i = 0; i < count; i++) {
        if (i % FILES_A_DIRECTORY == 0) {
          long id = Integer.MAX_VALUE + (long) i;
          visitor.node(new Node(id, Node.Kind.DIRECTORY, 0, TIME, -1, Node.Form.NONE));
          visitor.link(new Link(root(), FileName.ofUtf16(key(i).substring(0, 7)), id));
        }
        visitor.node(
            new Node(i, Node.Kind.FILE, size(i), TIME, (long) i * SLOT, Node.Form.EXTENTS));
        long parent = Integer.MAX_VALUE + (long) i - i % FILES_A_DIRECTORY;
        visitor.link(new Link(parent, FileName.ofUtf16(key(i).substring(8)), i));
      }
    }

    @Override
    public Content content(long id) {
      int file = (int) id;
      return new Content.Extents(
          size(file), size(file) == 0 ? List.of() : List.of(new Extent(0, id * SLOT, size(file))));
    }

    @Override
    public Coverage coverage() {
      return new Coverage(SLOT, count, count, List.of(), List.of(), List.of());
    }
  }

  private final class Device implements BlockDevice {
    @Override
    public long size() {
      return (long) count * SLOT;
    }

    @Override
    public int sectorSize() {
      return 512;
    }

    @Override
    public void read(long offset, ByteBuffer target) {
      fill(offset, target);
    }

    @Override
    public void write(long offset, ByteBuffer source) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void zero(long offset, long length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void force() {}

    @Override
    public boolean dropCache() {
      return false;
    }

    @Override
    public void close() {}
  }

  /// Takes everything, keeps nothing, and lists what it was given because it knows the files.
  private final class Sink implements ObjectStore {
    @Override
    public String region(BucketName bucket) {
      return "us-east-1";
    }

    @Override
    public Stored put(
        BucketName bucket, ObjectKey key, Headers headers, Body body, Checksum expected)
        throws StoreException {
      return new Stored(expected.md5(), true);
    }

    @Override
    public UploadId begin(BucketName bucket, ObjectKey key, Headers headers) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Part part(
        BucketName bucket,
        ObjectKey key,
        UploadId upload,
        int number,
        Body body,
        Checksum expected) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Stored complete(BucketName bucket, ObjectKey key, UploadId upload, List<Part> parts) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void abort(BucketName bucket, ObjectKey key, UploadId upload) {}

    @Override
    public List<PendingUpload> uploads(BucketName bucket, String prefix) {
      return List.of();
    }

    @Override
    public Optional<StoredObject> head(BucketName bucket, ObjectKey key) {
      return Optional.of(object(file(key.value())));
    }

    private StoredObject object(int file) {
      String etag = HexFormat.of().formatHex(Digests.md5().digest(bytes(file)));
      return new StoredObject(new ObjectKey(key(file)), size(file), etag, TIME, "");
    }

    @Override
    public Optional<Headers> headers(BucketName bucket, ObjectKey key) {
      return Optional.empty();
    }

    @Override
    public void read(
        BucketName bucket, ObjectKey key, String etag, long position, ByteBuffer target) {
      target.put(bytes(file(key.value())), (int) position, target.remaining());
    }

    @Override
    public Page list(BucketName bucket, String prefix, String after) {
      int first = after.isEmpty() ? 0 : file(after) + 1;
      List<StoredObject> page = new ArrayList<>();
      for (int file = first; file < Math.min(first + 1000, count); file++) {
        page.add(object(file));
      }
      return new Page(page, first + 1000 < count);
    }

    @Override
    public void delete(BucketName bucket, ObjectKey key) {}

    @Override
    public void close() {}
  }

  private static final class Course implements Steering {
    @Override
    public void progress(Progress progress) {}

    @Override
    public boolean isCanceled() {
      return false;
    }

    @Override
    public boolean isAbandoned() {
      return false;
    }
  }
}
