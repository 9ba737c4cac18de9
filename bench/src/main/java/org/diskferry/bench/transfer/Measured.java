package org.diskferry.bench.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// What a child process cost.
///
/// @param user processor time in its own code
/// @param system processor time in the kernel's
public record Measured(Duration wall, Duration user, Duration system) {
  /// Clock ticks a second in `/proc`, the same on every Linux that Java runs on.
  private static final long TICK_MILLIS = 10;

  /// Where `cutime` and `cstime` stand behind the name of the process (proc(5), numbers 16 and 17).
  private static final int CHILD_USER = 13;

  /// Runs a command to its end. No other child may end meanwhile.
  ///
  /// @throws IOException if it fails
  public static Measured run(List<String> command) throws IOException, InterruptedException {
    long[] before = ofChildren();
    long from = System.nanoTime();
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    // Some clients stop over a bundle that they cannot read.
    builder.environment().remove("AWS_CA_BUNDLE");
    int code = builder.start().waitFor();
    Duration wall = Duration.ofNanos(System.nanoTime() - from);
    if (code != 0) {
      throw new IOException(command.getFirst() + " ended with " + code);
    }
    long[] after = ofChildren();
    return new Measured(
        wall,
        Duration.ofMillis((after[0] - before[0]) * TICK_MILLIS),
        Duration.ofMillis((after[1] - before[1]) * TICK_MILLIS));
  }

  private static long[] ofChildren() throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return new long[] {Long.parseLong(words[CHILD_USER]), Long.parseLong(words[CHILD_USER + 1])};
  }

  /// As a line, with what it means for each GiB and object.
  public String row(String name, long bytes, int objects) {
    double cpu = user.plus(system).toMillis() / 1000.0;
    return String.format(
        Locale.ROOT,
        "%-28s wall %6.2f s   user %6.2f s   sys %6.2f s   CPU %6.2f s   %6.0f MiB/s   "
            + "%5.2f CPU s/GiB   %6.3f CPU ms/object",
        name,
        wall.toMillis() / 1000.0,
        user.toMillis() / 1000.0,
        system.toMillis() / 1000.0,
        cpu,
        bytes / 1048576.0 / Math.max(0.001, wall.toMillis() / 1000.0),
        cpu / (bytes / 1073741824.0),
        cpu * 1000 / objects);
  }
}
