package org.diskferry.server.query;

import java.time.InstantSource;
import java.util.function.Consumer;
import org.diskferry.job.Confidential;
import org.diskferry.job.Job;
import org.diskferry.job.JobEvent;
import org.diskferry.job.JobType;
import org.diskferry.job.Lifecycle;
import org.diskferry.job.LifecycleException;
import org.diskferry.job.manifest.Masked;

/// Replaces a job's manifest, and maybe its type. Secret values that the customer sends back as
/// they were shown stay what they are.
final class UpdateJob implements Action {
  private final Jobs jobs;
  private final OrderCheck orders;
  private final InstantSource clock;

  UpdateJob(Jobs jobs, OrderCheck orders, InstantSource clock) {
    this.jobs = jobs;
    this.orders = orders;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "UpdateJob";
  }

  @Override
  public Consumer<Xml> perform(Call call) throws QueryException, UnavailableException {
    call.jobId();
    String sent = call.required("Manifest");
    JobType type = call.jobType();
    boolean validateOnly = call.flag("ValidateOnly");
    Job job = jobs.named(call);
    String text = job.manifest().text().map(old -> Masked.restore(sent, old)).orElse(sent);
    JobEvent event = new JobEvent.ManifestReplaced(job.revision() + 1, type, Confidential.of(text));
    checkState(job, event);
    String warning = orders.check(call.caller(), type, text);
    if (!validateOnly) {
      jobs.append(job, event, ErrorCode.UNABLE_TO_UPDATE_JOB_ID);
    }
    return xml -> xml.flag("Success", true).text("WarningMessage", warning);
  }

  /// Whether the job can be updated at all is told before what is wrong with the manifest.
  private void checkState(Job job, JobEvent event) throws QueryException {
    try {
      Lifecycle.after(job, clock.instant(), event);
    } catch (LifecycleException e) {
      throw Jobs.refused(job, e, ErrorCode.UNABLE_TO_UPDATE_JOB_ID);
    }
  }
}
