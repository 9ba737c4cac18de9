package org.diskferry.bench.fill;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import org.diskferry.bench.BenchStore;
import org.diskferry.bench.Orders;
import org.diskferry.bench.Stopwatch;
import org.diskferry.job.dispatch.DeviceIdentity;
import org.diskferry.job.dispatch.Progress;
import org.diskferry.job.manifest.DeviceFileSystem;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.media.block.linux.Devices;
import org.diskferry.station.fill.FillJob;
import org.diskferry.station.fill.FillResult;
import org.diskferry.station.fill.FillSettings;
import org.diskferry.station.fill.ObjectExporter;
import org.diskferry.station.task.Steering;
import org.diskferry.store.ObjectStore;

/// The station's part of an export as a process: `FillProcess URL BUCKET KEYS CERTIFICATE IMAGE
/// FOLDER FILE-SYSTEM [PASSWORD]` fills the image with the bucket and reads it back. A line for
/// each; what the child costs that writes the metadata is in the whole process' figures alone.
final class FillProcess {
  private FillProcess() {}

  static void main(String... args) throws Exception {
    try (ObjectStore store =
            BenchStore.open(URI.create(args[0]), Path.of(args[2]), Path.of(args[3]));
        BlockDevice disk = Devices.openExclusively(Path.of(args[4]))) {
      FillJob job =
          new FillJob(
              Orders.outOf(
                  args[1], DeviceFileSystem.valueOf(args[6]), args.length > 7 ? args[7] : ""),
              disk,
              new DeviceIdentity("bench", "bench", disk.size()),
              Path.of(args[5]));
      Laps laps = new Laps();
      FillResult result =
          ObjectExporter.of(store, FillSettings.DEFAULT.quickly(), InstantSource.system())
              .fill(job, laps);
      laps.end();
      if (!(result instanceof FillResult.Done(var summary)) || summary.errors() > 0) {
        throw new IllegalStateException(result.toString());
      }
      System.out.println("  ours: " + Stopwatch.memory());
    }
  }

  /// A line where reading back begins, and one at the end.
  private static final class Laps implements Steering {
    private final Stopwatch watch = new Stopwatch();
    private boolean reading;

    @Override
    public synchronized void progress(Progress progress) {
      if (!reading && progress.phase() == Progress.Phase.VERIFY) {
        reading = true;
        System.out.println(watch.lap("  ours: list, format, fetch, write"));
      }
    }

    synchronized void end() {
      System.out.println(watch.lap("  ours: reading back, log"));
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
