package org.diskferry.station.fill;

import org.diskferry.job.dispatch.HoldReason;
import org.diskferry.job.dispatch.LoadSummary;

/// How the filling of a device ended.
public sealed interface FillResult {

  /// Every selected object is accounted for by a row, the device was read back, and the log is in
  /// its bucket. Rows may be errors.
  record Done(LoadSummary summary) implements FillResult {}

  /// A person must decide; what was done stays done.
  ///
  /// @param reason which kind
  /// @param message what happened, where, what to do
  record Stopped(HoldReason reason, String message) implements FillResult {}

  /// The customer cancelled: rows that were not done are `103 Canceled`, and the log is in its
  /// bucket.
  record Canceled(LoadSummary summary) implements FillResult {}

  /// It was abandoned; nothing was told to anybody, and a later call goes on from here.
  record Abandoned() implements FillResult {}
}
