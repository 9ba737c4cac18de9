package org.diskferry.job;

/// The device is bound to another job that is not over.
public final class DeviceTakenException extends LifecycleException {
  private static final long serialVersionUID = 1L;

  /// With the job and the event that were to be joined.
  public DeviceTakenException(JobId job, JobState state, JobEvent event) {
    super(job, state, event, "the device belongs to another job");
  }
}
