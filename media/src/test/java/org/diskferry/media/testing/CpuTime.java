package org.diskferry.media.testing;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/// Processor time: a limit on it holds on a loaded machine, too.
public final class CpuTime {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private CpuTime() {}

  /// What this thread has used so far.
  public static long nanos() {
    return THREADS.getCurrentThreadCpuTime();
  }
}
