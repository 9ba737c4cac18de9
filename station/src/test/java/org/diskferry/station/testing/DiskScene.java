package org.diskferry.station.testing;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.diskferry.job.dispatch.DeviceIdentity;
import org.diskferry.job.dispatch.Progress;
import org.diskferry.job.manifest.S3ImportManifest;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.RescueLimits;
import org.diskferry.media.block.RescuingDevice;
import org.diskferry.media.stack.DeviceStack;
import org.diskferry.media.testing.Listing;
import org.diskferry.station.load.FileLoader;
import org.diskferry.station.load.LoadJob;
import org.diskferry.station.load.LoadResult;
import org.diskferry.station.task.Steering;
import org.diskferry.store.ObjectKey;
import org.diskferry.store.StoreCapabilities;
import org.diskferry.store.testing.MemoryStore;

/// A disk of the real tools, a store in memory and a loader between them.
public final class DiskScene implements AutoCloseable {
  private static final Instant NOW = Instant.parse("2009-02-03T21:57:43Z");

  private final Path directory;
  private final ImageDevice device;
  private final RescuingDevice patient;
  private final MemoryStore store;
  private final FileLoader loader;

  /// With the disk in `image`.
  public DiskScene(Path directory, Path image) throws IOException {
    InstantSource clock = InstantSource.fixed(NOW);
    this.directory = directory;
    this.device = ImageDevice.open(image);
    this.patient = new RescuingDevice(device, RescueLimits.DEFAULT, System::nanoTime);
    this.store =
        new MemoryStore(clock, StoreCapabilities.S3, 1 << 20)
            .withBucket(LoadScene.BUCKET, "us-east-1");
    this.loader = FileLoader.of(store, LoadScene.SMALL, clock);
  }

  /// The device, to put faults on.
  public ImageDevice device() {
    return device;
  }

  /// Loads.
  public LoadResult load(S3ImportManifest manifest) throws MediaException, IOException {
    DeviceStack stack = DeviceStack.open(patient, Bounds.TIGHT);
    LoadJob job =
        new LoadJob(
            Manifests.order(manifest),
            patient,
            new DeviceIdentity("image:1:1", "image", patient.size()),
            stack.volumes(),
            stack.unread(),
            directory.resolve("job"));
    return loader.load(job, new Undisturbed());
  }

  /// The log: for each row's file its status, code and key.
  public Map<String, String> log() throws Exception {
    byte[] log = store.content(LoadScene.BUCKET, new ObjectKey("import-log-53TX4"));
    String text = new String(log, StandardCharsets.UTF_8);
    Map<String, String> rows = new TreeMap<>();
    for (NamedCsvRecord row : CsvReader.builder().ofNamedCsvRecord(text).stream().toList()) {
      rows.put(
          row.getField("File"),
          String.join(" ", row.getField("Status"), row.getField("Code"), row.getField("Key"))
              .strip());
    }
    return rows;
  }

  /// The report beside it.
  public String report() throws Exception {
    byte[] report = store.content(LoadScene.BUCKET, new ObjectKey("import-log-53TX4.json"));
    return new String(report, StandardCharsets.UTF_8);
  }

  /// MD5 of every object, log and report left out.
  public Map<String, String> objects() throws Exception {
    Map<String, String> objects = new TreeMap<>();
    for (ObjectKey key : store.keys(LoadScene.BUCKET)) {
      if (!key.value().startsWith("import-log-")) {
        byte[] content = store.content(LoadScene.BUCKET, key);
        objects.put(key.value(), Listing.row(content, 0).md5());
      }
    }
    return objects;
  }

  @Override
  public void close() {
    device.close();
  }

  private static final class Undisturbed implements Steering {
    @Override
    public void progress(Progress progress) {
      // Nobody looks.
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
