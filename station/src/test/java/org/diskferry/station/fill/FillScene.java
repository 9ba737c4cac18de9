package org.diskferry.station.fill;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.diskferry.job.dispatch.DeviceIdentity;
import org.diskferry.job.dispatch.Progress;
import org.diskferry.job.manifest.ExportOperation;
import org.diskferry.job.manifest.Manifest;
import org.diskferry.media.Bounds;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.block.linux.Devices;
import org.diskferry.media.crypt.Stop;
import org.diskferry.media.crypt.Unlocking;
import org.diskferry.media.stack.DataVolume;
import org.diskferry.media.stack.DeviceStack;
import org.diskferry.media.stack.Hints;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.PulledDevice;
import org.diskferry.media.testing.TreeSnapshot;
import org.diskferry.station.task.Steering;
import org.diskferry.station.testing.Manifests;
import org.diskferry.store.Body;
import org.diskferry.store.BucketName;
import org.diskferry.store.Checksum;
import org.diskferry.store.Headers;
import org.diskferry.store.ObjectKey;
import org.diskferry.store.testing.FaultyStore;
import org.diskferry.store.testing.MemoryStore;

/// A store with objects, a disk that is an image, and an exporter between them.
final class FillScene {
  static final BucketName BUCKET = new BucketName("films");
  private static final BucketName LOGS = new BucketName("logs");

  private static final FillSettings SMALL =
      new FillSettings(8, 64 << 10, 1 << 20, Duration.ofSeconds(5), Duration.ofSeconds(30), false);

  private final Path folder;
  private final MemoryStore memory =
      MemoryStore.likeS3().withBucket(BUCKET, "us-east-1").withBucket(LOGS, "us-east-1");
  private final FaultyStore store = new FaultyStore(memory);
  private final SortedMap<ObjectKey, byte[]> objects = new TreeMap<>();

  private long writes = Long.MAX_VALUE;

  FillScene(Path folder) {
    this.folder = folder;
  }

  FaultyStore store() {
    return store;
  }

  MemoryStore memory() {
    return memory;
  }

  Path image() {
    return folder.resolve("disk.img");
  }

  FillScene disk(long bytes) throws IOException {
    Files.deleteIfExists(image());
    try (RandomAccessFile file = new RandomAccessFile(image().toFile(), "rw")) {
      file.setLength(bytes);
    }
    return this;
  }

  FillScene put(String key, byte[] content) throws Exception {
    return put(key, content, Map.of());
  }

  FillScene put(String key, byte[] content, Map<String, String> metadata) throws Exception {
    ObjectKey name = new ObjectKey(key);
    Headers headers = new Headers("text/plain", "", "", "", "", "", metadata, "", "");
    memory.put(BUCKET, name, headers, Body.of(content), Checksum.of(content));
    objects.put(name, content);
    return this;
  }

  /// All objects in the order of an export.
  SortedMap<ObjectKey, byte[]> objects() {
    return objects;
  }

  static ExportOperation all() {
    return new ExportOperation(BUCKET.value(), "", "", "", "");
  }

  /// After so many writes to the disk from here on it is gone.
  void pullAfter(long count) {
    writes = count;
  }

  /// Inverts the first byte of this content on the disk.
  void flip(byte[] content) {
    try (RandomAccessFile file = new RandomAccessFile(image().toFile(), "rw")) {
      byte[] block = new byte[512];
      for (long at = 0; at < file.length(); at += block.length) {
        file.seek(at);
        file.readFully(block);
        if (Arrays.equals(block, 0, block.length, content, 0, block.length)) {
          file.seek(at);
          file.write(~block[0]);
          return;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException("it is not on the disk");
  }

  FillResult fill(Manifest.S3Export manifest) throws Exception {
    return fill(manifest, 8, new Undisturbed());
  }

  FillResult fill(Manifest.S3Export manifest, int lanes, Steering steering) throws Exception {
    FillSettings settings =
        new FillSettings(
            lanes,
            SMALL.chunkBytes(),
            SMALL.checkpointBytes(),
            SMALL.checkpointEvery(),
            SMALL.storePatience(),
            SMALL.quick());
    ObjectExporter exporter = ObjectExporter.of(store, settings, InstantSource.system());
    try (BlockDevice device = new PulledDevice(Devices.openExclusively(image()), writes)) {
      FillJob job =
          new FillJob(
              Manifests.order(manifest),
              device,
              new DeviceIdentity("image:1:1", "image", device.size()),
              folder.resolve("job"));
      return exporter.fill(job, steering);
    }
  }

  /// Files of the disk as our readers see them: path to size, MD5 and time.
  Map<String, Listing.Row> files() throws Exception {
    return files(Hints.NONE);
  }

  /// Likewise, inside the container of the job.
  Map<String, Listing.Row> files(String password) throws Exception {
    try (Unlocking unlocking = Unlocking.with(password.getBytes(UTF_8), 0, Stop.NEVER)) {
      return files(new Hints(unlocking, Manifests.JOB + ".tc"));
    }
  }

  private Map<String, Listing.Row> files(Hints hints) throws Exception {
    try (BlockSource device = Devices.openForReading(image())) {
      DataVolume volume =
          DeviceStack.open(device, Bounds.GENEROUS, hints).volumes().stream()
              .filter(one -> !one.beside())
              .findFirst()
              .orElseThrow();
      return TreeSnapshot.of(volume.tree()).files(volume.tree(), volume.bytes()).files();
    }
  }

  /// The log's rows by key.
  Map<String, NamedCsvRecord> rows() throws Exception {
    byte[] log = memory.content(LOGS, new ObjectKey("export-log-" + Manifests.JOB));
    Map<String, NamedCsvRecord> rows = new TreeMap<>();
    for (NamedCsvRecord row :
        CsvReader.builder().ofNamedCsvRecord(new String(log, UTF_8)).stream().toList()) {
      rows.put(row.getField("Key"), row);
    }
    return rows;
  }

  /// The log's rows: `status code file key`.
  List<String> log() throws Exception {
    String text =
        new String(
            memory.content(LOGS, new ObjectKey("export-log-" + Manifests.JOB)),
            StandardCharsets.UTF_8);
    List<String> rows = new ArrayList<>();
    for (NamedCsvRecord row : CsvReader.builder().ofNamedCsvRecord(text).stream().toList()) {
      rows.add(
          String.join(
              " ",
              row.getField("Status"),
              row.getField("Code"),
              row.getField("File"),
              row.getField("Key")));
    }
    return rows;
  }

  String report() throws Exception {
    return new String(
        memory.content(LOGS, new ObjectKey("export-log-" + Manifests.JOB + ".json")),
        StandardCharsets.UTF_8);
  }

  /// Nobody looks, nobody stops it.
  static class Undisturbed implements Steering {
    private final AtomicLong most = new AtomicLong();

    @Override
    public void progress(Progress progress) {
      if (progress.phase() == Progress.Phase.FILL) {
        most.accumulateAndGet(progress.doneBytes(), Math::max);
      }
    }

    /// Bytes that were told to be written.
    long bytes() {
      return most.get();
    }

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
