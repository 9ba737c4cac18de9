package org.diskferry.bench.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/// Processor time of this process, with all its threads, and of the children that have ended.
final class Cpu {
  /// Clock ticks a second in `/proc`, the same on every Linux that Java runs on.
  private static final long TICK_MILLIS = 10;

  /// Where `utime`, `stime`, `cutime` and `cstime` stand behind the name of the process (proc(5)).
  private static final int FIRST = 11;

  private static final int LAST = 14;

  private Cpu() {}

  static long millis() throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return IntStream.rangeClosed(FIRST, LAST).mapToLong(i -> Long.parseLong(words[i])).sum()
        * TICK_MILLIS;
  }
}
