package org.diskferry.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;

/// Wall and processor time of this process, from one step to the next.
public final class Stopwatch {
  private long wall = System.nanoTime();
  private long cpu = cpuNanos();

  /// What the step that ends here took, as a line.
  public String lap(String step) {
    long wallNow = System.nanoTime();
    long cpuNow = cpuNanos();
    String line =
        String.format(
            Locale.ROOT,
            "%-40s wall %7.2f s   CPU %7.2f s",
            step,
            (wallNow - wall) / 1e9,
            (cpuNow - cpu) / 1e9);
    wall = wallNow;
    cpu = cpuNow;
    return line;
  }

  private static long cpuNanos() {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime();
  }

  /// The most memory that this process has had, and what of it was no file's, as the kernel counts.
  public static String memory() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.matches("(VmHWM|RssAnon|RssFile|Threads):.*"))
        .map(line -> line.replaceAll("\\s+", " "))
        .collect(Collectors.joining("   "));
  }
}
