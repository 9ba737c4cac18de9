package org.diskferry.station.task;

import java.util.concurrent.atomic.AtomicLong;
import org.diskferry.job.dispatch.Progress;

/// Counts what is done of a phase and tells it. Safe for many threads.
public final class Tally {
  private final Steering steering;
  private final Progress.Phase phase;
  private final long files;
  private final long bytes;
  private final AtomicLong doneFiles = new AtomicLong();
  private final AtomicLong doneBytes = new AtomicLong();

  /// Of a phase with so many files and bytes; tells at once that nothing is done.
  public Tally(Steering steering, Progress.Phase phase, long files, long bytes) {
    this.steering = steering;
    this.phase = phase;
    this.files = files;
    this.bytes = bytes;
    tell();
  }

  /// One more.
  public void fileDone() {
    doneFiles.incrementAndGet();
    tell();
  }

  /// So many more.
  public void bytesDone(long count) {
    doneBytes.addAndGet(count);
    tell();
  }

  // What is read twice counts twice; nobody is told of more than there is.
  private void tell() {
    steering.progress(
        new Progress(phase, doneFiles.get(), files, Math.min(doneBytes.get(), bytes), bytes));
  }
}
