package org.diskferry.station.task;

import org.diskferry.job.dispatch.Progress;

/// How a load tells where it is, and learns that it should stop.
public interface Steering {

  /// How far it is; may be called often and returns at once.
  void progress(Progress progress);

  /// Whether to stop at the next object, because the customer cancelled.
  boolean isCanceled();

  /// Whether to stop as soon as possible and leave everything as a sudden end would: the device
  /// leaves the bay, or another station has it now.
  boolean isAbandoned();
}
