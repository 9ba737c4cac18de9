package org.diskferry.bench.million;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.diskferry.bench.Onwards;
import org.diskferry.bench.Orders;
import org.diskferry.bench.Stopwatch;
import org.diskferry.job.dispatch.DeviceIdentity;
import org.diskferry.media.block.RescueLimits;
import org.diskferry.media.block.RescuingDevice;
import org.diskferry.media.stack.DataVolume;
import org.diskferry.station.load.FileLoader;
import org.diskferry.station.load.LoadJob;
import org.diskferry.station.load.LoadSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Loads and proves a device of many small files that are made up, into a store that keeps nothing:
/// what the station itself needs. In this process: the launcher gives it the station's memory.
@Command(
    name = "million",
    mixinStandardHelpOptions = true,
    description = "Loads and proves a million small files that are made up, against a sink.")
public final class MillionBench implements Callable<Integer> {
  private static final int MIB = 1 << 20;

  @Option(names = "--files", description = "how many (default: ${DEFAULT-VALUE})")
  private int count = 1_000_000;

  @Option(names = "--lanes", description = "requests at once (default: ${DEFAULT-VALUE})")
  private int lanes = 16;

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("diskferry-million");
    try {
      run(folder);
    } finally {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    return 0;
  }

  private void run(Path folder) throws Exception {
    MadeUpFiles files = new MadeUpFiles(count);
    MadeUpDevice device = new MadeUpDevice(files);
    List<DataVolume> volumes = List.of(new DataVolume(0, device, 0, new MadeUpTree(files)));
    LoadSettings settings =
        new LoadSettings(
            lanes, 64 * MIB, 16 * MIB, 1024L * MIB, 16L * MIB, Duration.ofHours(1), false);
    FileLoader loader =
        new FileLoader(
            new ListingSink(files),
            settings,
            InstantSource.system(),
            (any, keys) -> volumes,
            time -> {});
    LoadJob job =
        new LoadJob(
            Orders.into("bucket"),
            new RescuingDevice(device, RescueLimits.DEFAULT, System::nanoTime),
            new DeviceIdentity("made-up", "made up", device.size()),
            volumes,
            List.of(),
            folder);
    Stopwatch watch = new Stopwatch();
    System.out.println(loader.load(job, new Onwards()));
    System.out.println(watch.lap("load and second pass"));
    System.out.println(loader.prove(job, new Onwards()));
    System.out.println(watch.lap("proof by listing"));
    try (Stream<String> rows = Files.lines(folder.resolve("import-log.csv"))) {
      System.out.println("lines of the log " + rows.count());
    }
    System.out.println(
        "heap at most " + Runtime.getRuntime().maxMemory() / MIB + " MiB   " + Stopwatch.memory());
  }
}
