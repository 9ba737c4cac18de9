package org.diskferry.job;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.diskferry.job.dispatch.HoldReason;

/// How far the loading, or the filling, of a job's device is.
///
/// @param started revision whose loading began last, 0 before
/// @param startedUnder token of the lease under which it began
/// @param finished revision whose every file is accounted for, 0 before
/// @param figures of the newest load or cancellation
/// @param log bucket, `/`, key of its log
/// @param waived what was accepted, for this revision
/// @param barred whether a person forbade the erase
/// @param news whether a manifest or a waiver came that no station has acted on
public record Loading(
    int started,
    long startedUnder,
    int finished,
    LoadFigures figures,
    Confidential log,
    Set<HoldReason> waived,
    boolean barred,
    boolean news) {
  static final Loading NONE =
      new Loading(0, 0, 0, LoadFigures.NONE, Confidential.of(""), Set.of(), false, false);

  /// Copies the set.
  public Loading {
    waived = waived.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(waived));
  }

  Loading started(JobEvent.LoadStarted event) {
    return new Loading(
        event.revision(), event.token(), finished, figures, log, waived, barred, false);
  }

  Loading finished(JobEvent.Loaded event) {
    return finished(event.revision(), event.figures(), event.log());
  }

  Loading finished(JobEvent.Filled event) {
    return finished(event.revision(), event.figures(), event.log());
  }

  private Loading finished(int revision, LoadFigures of, Confidential at) {
    return new Loading(started, startedUnder, revision, of, at, waived, barred, news);
  }

  Loading canceled(JobEvent.Canceled event) {
    return new Loading(
        started, startedUnder, 0, event.figures(), event.log(), waived, barred, news);
  }

  Loading waived(Set<HoldReason> more) {
    EnumSet<HoldReason> all = EnumSet.copyOf(more);
    all.addAll(waived);
    return new Loading(started, startedUnder, finished, figures, log, all, false, true);
  }

  /// A new manifest makes new rows: what was accepted was accepted of the old ones.
  Loading replaced() {
    return new Loading(started, startedUnder, finished, figures, log, Set.of(), barred, true);
  }

  Loading barring() {
    return new Loading(started, startedUnder, finished, figures, log, waived, true, news);
  }

  Loading with(Confidential shown) {
    return new Loading(started, startedUnder, finished, figures, shown, waived, barred, news);
  }
}
