package org.diskferry.job;

/// A job cannot move in this way from where it stands. Nothing was stored.
public sealed class LifecycleException extends Exception permits DeviceTakenException {
  private static final long serialVersionUID = 1L;

  private final JobState state;
  private final String reason;

  LifecycleException(JobId job, JobState state, JobEvent event, String why) {
    super("job %s is %s, no %s: %s".formatted(job, state, event.getClass().getSimpleName(), why));
    this.state = state;
    this.reason = why;
  }

  /// Why, for the customer: `its data was loaded`.
  public String reason() {
    return reason;
  }

  /// Where the job stands.
  public JobState state() {
    return state;
  }
}
