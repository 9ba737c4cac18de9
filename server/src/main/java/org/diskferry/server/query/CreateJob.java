package org.diskferry.server.query;

import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.diskferry.job.CreatedJob;
import org.diskferry.job.JobId;
import org.diskferry.job.JobType;
import org.diskferry.job.SignatureFile;

/// Makes a job from a manifest; with `ValidateOnly` it only checks, and answers as if.
final class CreateJob implements Action {
  /// Told in place of an address: the label has it.
  static final String SHIPPING = "Please call GetShippingLabel API to retrieve shipping address";

  /// What ids of jobs that were only validated end with; never part of a real one.
  private static final String ONLY_VALIDATED = "-VALIDATE-ONLY";

  /// As long as the hash that it keys.
  private static final int KEY_BYTES = 20;

  private final Jobs jobs;
  private final OrderCheck orders;
  private final RandomGenerator random;

  CreateJob(Jobs jobs, OrderCheck orders, RandomGenerator random) {
    this.jobs = jobs;
    this.orders = orders;
    this.random = random;
  }

  @Override
  public String name() {
    return "CreateJob";
  }

  @Override
  public Consumer<Xml> perform(Call call) throws QueryException, UnavailableException {
    String manifest = call.required("Manifest");
    JobType type = call.jobType();
    boolean validateOnly = call.flag("ValidateOnly");
    String warning = orders.check(call.caller(), type, manifest);
    if (validateOnly) {
      return validated(type, warning);
    }
    CreatedJob created = jobs.create(call.caller(), type, manifest);
    return xml -> members(xml, type, created.job().id().value(), created.signature(), warning);
  }

  /// The signature is real, and for nothing: its key is forgotten at once.
  private Consumer<Xml> validated(JobType type, String warning) {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    JobId id = JobId.random(random);
    SignatureFile signature = SignatureFile.of(id, key);
    return xml -> members(xml, type, id + ONLY_VALIDATED, signature, warning);
  }

  private static void members(
      Xml xml, JobType type, String id, SignatureFile signature, String warning) {
    xml.text("JobId", id)
        .text("JobType", type.word())
        .text("SignatureFileContents", named(signature, id))
        .text("AwsShippingAddress", SHIPPING)
        .text("Signature", signature.signature())
        .text("WarningMessage", warning);
  }

  private static String named(SignatureFile signature, String id) {
    return signature.text().replace("jobId:" + signature.job() + "\n", "jobId:" + id + "\n");
  }
}
