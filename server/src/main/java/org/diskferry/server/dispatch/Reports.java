package org.diskferry.server.dispatch;

import org.diskferry.job.Confidential;
import org.diskferry.job.Hold;
import org.diskferry.job.Job;
import org.diskferry.job.JobEvent;
import org.diskferry.job.JobState;
import org.diskferry.job.JobStore;
import org.diskferry.job.JobStoreException;
import org.diskferry.job.LifecycleException;
import org.diskferry.job.LoadFigures;
import org.diskferry.job.NoSuchJobException;
import org.diskferry.job.dispatch.HoldReason;
import org.diskferry.job.dispatch.LoadSummary;
import org.diskferry.job.dispatch.StationReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes events of what stations tell. What is known already makes none.
final class Reports {
  private static final Logger LOG = LoggerFactory.getLogger(Reports.class);

  private final JobStore jobs;
  private final Orders orders;

  Reports(JobStore jobs, Orders orders) {
    this.jobs = jobs;
    this.orders = orders;
  }

  /// @param job as it is now, under the station's lease
  /// @throws LifecycleException when somebody else moved the job at the same moment, or the station
  ///   tells what cannot be
  void store(Job job, StationReport report)
      throws LifecycleException, NoSuchJobException, JobStoreException {
    if (job.state().isOver() && !isKnown(job, report)) {
      // The operator let the device go while the station was still busy with it.
      LOG.info("job {} is {}: not stored any more: {}", job.id(), job.state(), kind(report));
      return;
    }
    Job after = isKnown(job, report) ? job : jobs.append(job.id(), event(job, report));
    holdForErrors(after);
  }

  /// Error rows that nobody has waived hold the device from the end of the load on.
  private void holdForErrors(Job job)
      throws LifecycleException, NoSuchJobException, JobStoreException {
    long errors = job.loading().figures().errors();
    if (job.state() == JobState.LOADED
        && errors > 0
        && !job.loading().waived().contains(HoldReason.ERROR_ROWS)) {
      jobs.append(
          job.id(),
          new JobEvent.Held(
              HoldReason.ERROR_ROWS,
              Confidential.of(
                  "%d files were not loaded: see the log. Mend the manifest, or have them waived."
                      .formatted(errors))));
    }
  }

  private static boolean isKnown(Job job, StationReport report) {
    return switch (report) {
      case StationReport.LoadStarted r -> isStarted(job, r);
      case StationReport.Loaded r -> isFinished(job, r.revision(), r.summary());
      case StationReport.Filled r -> isFinished(job, r.revision(), r.summary());
      case StationReport.Held r ->
          job.waiting()
              .filter(h -> h.reason() == r.reason())
              .map(Hold::message)
              .filter(Confidential.of(r.message())::equals)
              .isPresent();
      case StationReport.Canceled r ->
          job.waiting().isPresent()
              && job.ending().canceled()
              && job.loading().figures().equals(figures(r.summary()));
      case StationReport.DeviceFailed r -> job.state() == JobState.FAILED;
      case StationReport.EraseStarted r ->
          job.state() == JobState.ERASING && job.erasure().proof().equals(r.proof());
      case StationReport.Erased r -> job.state() == JobState.ERASED;
    };
  }

  private static boolean isFinished(Job job, int revision, LoadSummary summary) {
    return job.state() != JobState.LOADING
        && job.state() != JobState.CANCELING
        && job.loading().finished() == revision
        && job.loading().figures().equals(figures(summary));
  }

  private static boolean isStarted(Job job, StationReport.LoadStarted report) {
    boolean underWay = job.state() == JobState.LOADING || job.state() == JobState.CANCELING;
    return underWay
        && job.loading().started() == report.revision()
        && job.loading().startedUnder() == job.custody().token();
  }

  private JobEvent event(Job job, StationReport report) {
    return switch (report) {
      case StationReport.LoadStarted r ->
          new JobEvent.LoadStarted(r.revision(), job.custody().token());
      case StationReport.Loaded r ->
          new JobEvent.Loaded(
              r.revision(), figures(r.summary()), orders.log(job, r.summary().logKey()));
      case StationReport.Filled r ->
          new JobEvent.Filled(
              r.revision(), figures(r.summary()), orders.log(job, r.summary().logKey()));
      case StationReport.Held r -> new JobEvent.Held(r.reason(), Confidential.of(r.message()));
      case StationReport.Canceled r ->
          new JobEvent.Canceled(figures(r.summary()), orders.log(job, r.summary().logKey()));
      case StationReport.DeviceFailed r -> new JobEvent.DeviceFailed(Confidential.of(r.message()));
      case StationReport.EraseStarted r -> new JobEvent.EraseStarted(r.proof());
      case StationReport.Erased r -> new JobEvent.Erased(r.proof(), r.bytes(), r.fromMedium());
    };
  }

  private static LoadFigures figures(LoadSummary summary) {
    return new LoadFigures(summary.files(), summary.bytes(), summary.ignored(), summary.errors());
  }

  private static String kind(StationReport report) {
    return report.getClass().getSimpleName();
  }
}
