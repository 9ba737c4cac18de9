package org.diskferry.server.query;

import java.util.function.Consumer;
import org.diskferry.job.JobEvent;

/// Cancels a job that has not finished. One that is being loaded stops at the next object.
final class CancelJob implements Action {
  private final Jobs jobs;

  CancelJob(Jobs jobs) {
    this.jobs = jobs;
  }

  @Override
  public String name() {
    return "CancelJob";
  }

  @Override
  public Consumer<Xml> perform(Call call) throws QueryException, UnavailableException {
    jobs.append(
        jobs.named(call), new JobEvent.CancelRequested(), ErrorCode.UNABLE_TO_CANCEL_JOB_ID);
    return xml -> xml.flag("Success", true);
  }
}
