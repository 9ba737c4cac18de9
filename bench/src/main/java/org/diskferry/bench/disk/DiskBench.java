package org.diskferry.bench.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.diskferry.media.MediaException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The command: makes an image of each format, once, and prints how long listing it and reading it
/// takes here and elsewhere: the median of some rounds, and the best; and the processor time, which
/// says more on a machine that does other things too.
@Command(
    name = "disk",
    mixinStandardHelpOptions = true,
    description = "Lists and reads images of many files, from a cold cache in a warm JVM.")
public final class DiskBench implements Callable<Integer> {
  @Option(
      names = "--dir",
      description = "where images are made and kept (default: ${DEFAULT-VALUE})")
  private Path directory = Path.of(System.getProperty("java.io.tmpdir"), "diskferry-bench");

  @Option(
      names = "--format",
      split = ",",
      description = "what to make: ext4, ntfs, exfat (default: ${DEFAULT-VALUE})")
  private List<String> formats = List.of("ext4", "ntfs");

  @Option(names = "--image", description = "measure these instead of making some")
  private List<Path> images = new ArrayList<>();

  @Option(names = "--files", description = "files of an image (default: ${DEFAULT-VALUE})")
  private int files = 100_000;

  @Option(names = "--rounds", description = "rounds that count (default: ${DEFAULT-VALUE})")
  private int rounds = 7;

  @Option(names = "--warm-up", description = "rounds that do not (default: ${DEFAULT-VALUE})")
  private int warmUp = 5;

  /// Runs the command and exits.
  public static void main(String... args) {
    System.exit(new CommandLine(new DiskBench()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    List<Path> all = new ArrayList<>(images);
    if (all.isEmpty()) {
      Files.createDirectories(directory);
      for (String format : formats) {
        all.add(new Image(directory, format, files).make());
      }
    }
    for (Path image : all) {
      measure(image);
    }
    return 0;
  }

  private void measure(Path image) throws IOException, InterruptedException, MediaException {
    Reading reading = new Reading(image);
    for (int i = 0; i < warmUp; i++) {
      reading.list();
      reading.readAll();
      reading.digestAllInLanes();
    }
    System.out.printf(
        Locale.ROOT,
        "%s: %,d files, %,d MiB in them, %,d MiB in all%n",
        image.getFileName(),
        reading.list(),
        reading.readAll() >> 20,
        Files.size(image) >> 20);
    row("list, warm", image, false, reading::list);
    row("list, cold", image, true, reading::list);
    Peer peer = new Peer(image);
    row("list, cold: fls -r -p", image, true, () -> peer.run("fls", "-r", "-p", "-l"));
    row("list, cold: tsk_gettimes", image, true, () -> peer.run("tsk_gettimes"));
    row("read, cold", image, true, reading::readAll);
    row("read with MD5, cold", image, true, reading::digestAll);
    row("read with MD5, lanes, cold", image, true, reading::digestAllInLanes);
    row("MD5 of as many bytes", image, false, reading::digestNothing);
    row("image forwards, cold", image, true, reading::readForwards);
    row("list by scan alone, cold", image, true, reading::scan);
  }

  /// What is measured; the number that it returns keeps it from being left out.
  @FunctionalInterface
  private interface Work {
    long run() throws IOException, InterruptedException, MediaException;
  }

  private void row(String name, Path image, boolean cold, Work work)
      throws IOException, InterruptedException, MediaException {
    long[] nanos = new long[rounds];
    long[] cpu = new long[rounds];
    for (int i = 0; i < rounds; i++) {
      if (cold) {
        Peer.dropCache(image);
      }
      long cpuStart = Cpu.millis();
      long start = System.nanoTime();
      long result = work.run();
      nanos[i] = System.nanoTime() - start;
      cpu[i] = Cpu.millis() - cpuStart;
      if (result < 0) {
        System.out.printf("  %-28s not installed%n", name);
        return;
      }
    }
    Arrays.sort(nanos);
    Arrays.sort(cpu);
    System.out.printf(
        Locale.ROOT,
        "  %-28s median %6d ms   best %6d ms   CPU median %6d ms   best %6d ms%n",
        name,
        nanos[rounds / 2] / 1_000_000,
        nanos[0] / 1_000_000,
        cpu[rounds / 2],
        cpu[0]);
  }
}
