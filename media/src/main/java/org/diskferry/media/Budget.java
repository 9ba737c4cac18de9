package org.diskferry.media;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/// The running account of one parser against its [Bounds]. Not thread-safe: one parser, one thread.
public final class Budget {
  /// The CPU clock is asked once in this many charges: it costs a system call.
  private static final int CLOCK_EVERY = 1024;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Bounds bounds;
  private final long cpuStartNanos;
  private long bytes;
  private long reads;
  private long entries;
  private int charges;

  /// A fresh account.
  public Budget(Bounds bounds) {
    this.bounds = bounds;
    this.cpuStartNanos = cpuNanos();
  }

  /// The limits that this account is held against.
  public Bounds bounds() {
    return bounds;
  }

  /// One read of `length` bytes of metadata.
  public void chargeRead(long length) throws MediaException {
    reads++;
    bytes = Math.addExact(bytes, length);
    if (reads > bounds.reads()) {
      throw MediaException.exceeded("more than " + bounds.reads() + " reads of metadata");
    }
    if (bytes > bounds.bytes()) {
      throw MediaException.exceeded("more than " + bounds.bytes() + " bytes of metadata");
    }
    chargeStep();
  }

  /// One node or link delivered.
  public void chargeEntry() throws MediaException {
    entries++;
    if (entries > bounds.entries()) {
      throw MediaException.exceeded("more than " + bounds.entries() + " files and directories");
    }
    chargeStep();
  }

  /// One step of a loop that neither reads nor delivers.
  public void chargeStep() throws MediaException {
    charges++;
    if (charges % CLOCK_EVERY == 0 && cpuNanos() - cpuStartNanos > bounds.cpu().toNanos()) {
      throw MediaException.exceeded("more than " + bounds.cpu() + " of CPU time");
    }
  }

  /// That a chain or a nesting is no longer than allowed; `what` names it.
  public void checkDepth(int depth, String what) throws MediaException {
    if (depth > bounds.depth()) {
      throw MediaException.exceeded(what + " nested deeper than " + bounds.depth());
    }
  }

  // A virtual thread has no CPU clock of its own (-1): then the wall clock stands in.
  private static long cpuNanos() {
    long cpu = THREADS.getCurrentThreadCpuTime();
    return cpu >= 0 ? cpu : System.nanoTime();
  }
}
