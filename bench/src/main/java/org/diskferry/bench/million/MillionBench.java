package org.diskferry.bench.million;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.diskferry.bench.Onwards;
import org.diskferry.bench.Orders;
import org.diskferry.bench.Stopwatch;
import org.diskferry.job.dispatch.DeviceIdentity;
import org.diskferry.job.manifest.DeviceFileSystem;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.media.block.RescueLimits;
import org.diskferry.media.block.RescuingDevice;
import org.diskferry.media.block.linux.Devices;
import org.diskferry.media.stack.DataVolume;
import org.diskferry.station.fill.FillJob;
import org.diskferry.station.fill.FillSettings;
import org.diskferry.station.fill.ObjectExporter;
import org.diskferry.station.load.FileLoader;
import org.diskferry.station.load.LoadJob;
import org.diskferry.station.load.LoadSettings;
import org.jspecify.annotations.Nullable;
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

  /// A small file, its record, its name in the index.
  private static final int ENTRY = 6144;

  @Option(names = "--files", description = "how many (default: ${DEFAULT-VALUE})")
  private int count = 1_000_000;

  @Option(names = "--lanes", description = "requests at once (default: ${DEFAULT-VALUE})")
  private int lanes = 16;

  @Option(
      names = "--export",
      paramLabel = "FILE-SYSTEM",
      description = "the other way: onto NTFS or EXT4, all in one directory, and read back")
  private @Nullable DeviceFileSystem export;

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("diskferry-million");
    try {
      if (export == null) {
        run(folder);
      } else {
        export(folder, export);
      }
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

  private void export(Path folder, DeviceFileSystem fileSystem) throws Exception {
    Path image = folder.resolve("disk.img");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(count * (long) ENTRY + 512L * MIB);
    }
    MadeUpFiles files = new MadeUpFiles(count);
    Stopwatch watch = new Stopwatch();
    try (BlockDevice disk = Devices.openExclusively(image)) {
      FillJob job =
          new FillJob(
              Orders.outOf("bucket", fileSystem, "", Map.of("/", "-")),
              disk,
              new DeviceIdentity("made-up", "made up", disk.size()),
              folder);
      System.out.println(
          ObjectExporter.of(new ListingSink(files), FillSettings.DEFAULT, InstantSource.system())
              .fill(job, new Onwards()));
    }
    System.out.println(watch.lap("list, format, fill, read back"));
    System.out.println(
        "heap at most " + Runtime.getRuntime().maxMemory() / MIB + " MiB   " + Stopwatch.memory());
  }
}
