package org.diskferry.server.query;

import java.util.function.Consumer;
import org.diskferry.job.Job;
import org.diskferry.job.JobStatus;
import org.diskferry.job.SignatureFile;
import org.diskferry.job.manifest.Masked;
import org.diskferry.job.naming.LogLocation;

/// Tells how far a job is; of cancelled and expired ones too.
final class GetStatus implements Action {
  private final Jobs jobs;

  GetStatus(Jobs jobs) {
    this.jobs = jobs;
  }

  @Override
  public String name() {
    return "GetStatus";
  }

  @Override
  public Consumer<Xml> perform(Call call) throws QueryException, UnavailableException {
    Job job = jobs.named(call);
    SignatureFile signature = jobs.signature(job);
    String manifest = job.manifest().text().map(Masked::text).orElse("");
    return xml -> members(xml, job, signature, manifest);
  }

  private static void members(Xml xml, Job job, SignatureFile signature, String manifest) {
    JobStatus status = JobStatus.of(job);
    LogLocation log = JobStatus.log(job);
    xml.text("JobId", job.id().value())
        .text("JobType", job.type().word())
        .text("LocationCode", status.location().word())
        .text("LocationMessage", status.locationMessage())
        .text("ProgressCode", status.progress().word())
        .text("ProgressMessage", status.progressMessage())
        .text("Carrier", job.ending().carrier())
        .text("TrackingNumber", job.ending().tracking().text().orElse(""))
        .text("LogBucket", log.bucket())
        .text("LogKey", log.key())
        .number("ErrorCount", status.errors())
        .text("Signature", signature.signature())
        .text("SignatureFileContents", signature.text())
        .text("CurrentManifest", manifest)
        .text("CreationDate", Times.of(job.created()))
        .text("AwsShippingAddress", CreateJob.SHIPPING);
  }
}
