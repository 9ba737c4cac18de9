package org.diskferry.station.load;

import java.util.List;
import org.diskferry.job.dispatch.HoldReason;
import org.diskferry.job.dispatch.LoadSummary;

/// How a load ended.
public sealed interface LoadResult {

  /// Every file is accounted for by a row, and the log is in its bucket. Rows may be errors.
  ///
  /// @param errors the first of those, in words, for the dock
  record Done(LoadSummary summary, List<String> errors) implements LoadResult {
    /// Copies the list.
    public Done {
      errors = List.copyOf(errors);
    }
  }

  /// A person must decide; what was done stays done.
  ///
  /// @param reason which kind
  /// @param message what happened, where, what to do
  record Stopped(HoldReason reason, String message) implements LoadResult {}

  /// The customer cancelled: rows that were not done are `103 Canceled`, and the log is in its
  /// bucket.
  record Canceled(LoadSummary summary) implements LoadResult {}

  /// It was abandoned; nothing was told to anybody, and a later call goes on from here.
  record Abandoned() implements LoadResult {}
}
