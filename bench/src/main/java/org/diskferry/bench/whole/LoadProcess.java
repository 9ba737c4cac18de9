package org.diskferry.bench.whole;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.diskferry.bench.BenchStore;
import org.diskferry.bench.Onwards;
import org.diskferry.bench.Orders;
import org.diskferry.bench.Stopwatch;
import org.diskferry.job.dispatch.DeviceIdentity;
import org.diskferry.media.Bounds;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.media.block.RescueLimits;
import org.diskferry.media.block.RescuingDevice;
import org.diskferry.media.block.linux.Devices;
import org.diskferry.media.block.linux.Identity;
import org.diskferry.media.stack.DeviceStack;
import org.diskferry.station.load.FileLoader;
import org.diskferry.station.load.LoadJob;
import org.diskferry.station.load.LoadResult;
import org.diskferry.station.load.LoadSettings;
import org.diskferry.station.load.ProofResult;
import org.diskferry.store.ObjectStore;

/// The station's part of a job as a process: `LoadProcess URL BUCKET KEYS CERTIFICATE IMAGE FOLDER`
/// loads the image, reads it a second time, and proves the store twice: by its listing and sums,
/// and by reading every object back. A line for each.
final class LoadProcess {
  private LoadProcess() {}

  static void main(String... args) throws Exception {
    try (ObjectStore store =
            BenchStore.open(URI.create(args[0]), Path.of(args[2]), Path.of(args[3]));
        BlockDevice disk = Devices.openExclusively(Path.of(args[4]))) {
      RescuingDevice device = new RescuingDevice(disk, RescueLimits.DEFAULT, System::nanoTime);
      Identity identity = Devices.identify(Path.of(args[4]));
      LoadJob job =
          new LoadJob(
              Orders.into(args[1]),
              device,
              new DeviceIdentity(identity.fingerprint(), identity.description(), device.size()),
              DeviceStack.open(device, Bounds.GENEROUS).volumes(),
              java.util.List.of(),
              Path.of(args[5]));
      Stopwatch watch = new Stopwatch();
      LoadResult loaded = loader(store, false).load(job, new Onwards());
      if (!(loaded instanceof LoadResult.Done)) {
        throw new IllegalStateException(loaded.toString());
      }
      System.out.println(watch.lap("  ours: load and second pass"));
      prove(store, false, job);
      System.out.println(watch.lap("  ours: proof by listing and checksums"));
      prove(store, true, job);
      System.out.println(watch.lap("  ours: proof by reading back"));
      System.out.println("  ours: " + Stopwatch.memory());
    }
  }

  private static void prove(ObjectStore store, boolean readBack, LoadJob job) throws Exception {
    ProofResult proven = loader(store, readBack).prove(job, new Onwards());
    if (!(proven instanceof ProofResult.Proven)) {
      throw new IllegalStateException(proven.toString());
    }
  }

  private static FileLoader loader(ObjectStore store, boolean readBack) {
    LoadSettings usual = LoadSettings.DEFAULT;
    LoadSettings settings =
        new LoadSettings(
            usual.lanes(),
            usual.memoryBytes(),
            usual.bufferedBytes(),
            usual.singleBytes(),
            usual.partBytes(),
            Duration.ofMinutes(1),
            readBack);
    return FileLoader.of(store, settings, InstantSource.system());
  }
}
