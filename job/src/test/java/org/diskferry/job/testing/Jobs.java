package org.diskferry.job.testing;

import java.time.Instant;
import org.diskferry.job.Account;
import org.diskferry.job.Confidential;
import org.diskferry.job.Job;
import org.diskferry.job.JobEvent;
import org.diskferry.job.JobEvent.Binding;
import org.diskferry.job.JobEvent.EraseAuthorized;
import org.diskferry.job.JobId;
import org.diskferry.job.JobType;
import org.diskferry.job.Lifecycle;
import org.diskferry.job.LifecycleException;
import org.diskferry.job.LoadFigures;
import org.diskferry.job.NewJob;
import org.diskferry.job.dispatch.HoldReason;

/// Jobs and events to try things with.
public final class Jobs {
  /// Whose they are.
  public static final Account ACCOUNT = new Account("123456789012");

  /// When they begin.
  public static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  /// Bytes of their device.
  public static final long SIZE = 1 << 20;

  private Jobs() {}

  /// An import, asked for.
  public static NewJob asked() {
    return new NewJob(
        ACCOUNT, Confidential.of("jane"), JobType.IMPORT, Confidential.of("bucket: b"));
  }

  /// An import, pending.
  public static Job pending() {
    return pending(JobType.IMPORT);
  }

  /// A job, pending.
  public static Job pending(JobType type) {
    return Lifecycle.begin(
        new JobId("ABCDE"),
        START,
        new JobEvent.Created(ACCOUNT, Confidential.of("jane"), type, Confidential.of("bucket: b")));
  }

  /// The job after these, one second apart.
  public static Job after(Job job, JobEvent... events) throws LifecycleException {
    Job now = job;
    for (JobEvent event : events) {
      now = Lifecycle.after(now, START.plusSeconds(now.events()), event);
    }
    return now;
  }

  /// A device's binding.
  public static JobEvent bound(String fingerprint) {
    return new JobEvent.DeviceBound(fingerprint, SIZE, Binding.SIGNATURE);
  }

  /// A load without ignored rows.
  public static JobEvent loaded(int revision, long errors) {
    return new JobEvent.Loaded(
        revision, new LoadFigures(7, 700, 0, errors), Confidential.of("logs/import-log-ABCDE"));
  }

  /// A hold.
  public static JobEvent held(HoldReason reason) {
    return new JobEvent.Held(reason, Confidential.of("because of " + reason));
  }

  /// A request to erase `disk`.
  public static EraseAuthorized erase(int revision, long token, long openRows) {
    return new EraseAuthorized(
        "proof-1", revision, token, "disk", SIZE, 7, 700, openRows, 0, "00", START);
  }

  /// A device that was filled.
  public static JobEvent filled(int revision, long errors) {
    return new JobEvent.Filled(
        revision, new LoadFigures(7, 700, 0, errors), Confidential.of("logs/export-log-ABCDE"));
  }

  /// A job whose device `disk` is being loaded, under lease 1.
  public static Job loading() throws LifecycleException {
    return begun(pending());
  }

  /// An export whose device `disk` is being filled, under lease 1.
  public static Job filling() throws LifecycleException {
    return begun(pending(JobType.EXPORT));
  }

  private static Job begun(Job pending) throws LifecycleException {
    return after(
        pending,
        bound("disk"),
        new JobEvent.Admitted("station", 1),
        new JobEvent.LoadStarted(1, 1));
  }
}
