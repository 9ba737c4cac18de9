package org.diskferry.server.dispatch;

import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.diskferry.job.Confidential;
import org.diskferry.job.EraseRule;
import org.diskferry.job.Job;
import org.diskferry.job.JobEvent;
import org.diskferry.job.JobEvent.EraseAuthorized;
import org.diskferry.job.JobState;
import org.diskferry.job.JobStore;
import org.diskferry.job.JobStoreException;
import org.diskferry.job.LifecycleException;
import org.diskferry.job.NoSuchJobException;
import org.diskferry.job.dispatch.EraseDecision;
import org.diskferry.job.dispatch.EraseDecision.NotAuthorized;
import org.diskferry.job.dispatch.EraseProof;
import org.diskferry.job.dispatch.Lease;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides whether a device may be erased. A yes is one event with proof, device and lease; a no is
/// a hold with its reason.
final class EraseDesk {
  private static final Logger LOG = LoggerFactory.getLogger(EraseDesk.class);
  private static final int PROOF_BYTES = 16;

  private final JobStore jobs;
  private final TombstoneMac tombstones;
  private final RandomGenerator random;

  EraseDesk(JobStore jobs, TombstoneMac tombstones, RandomGenerator random) {
    this.jobs = jobs;
    this.tombstones = tombstones;
    this.random = random;
  }

  /// @param job as it is now, under this lease
  /// @throws LifecycleException when somebody else moved the job at the same moment: ask again
  EraseDecision decide(Job job, Lease lease, EraseProof proof)
      throws LifecycleException, NoSuchJobException, JobStoreException {
    if (job.state() == JobState.AUTHORIZED && isSame(job, lease, proof)) {
      return authorized(job, job.erasure().proof());
    }
    EraseAuthorized asked = asked(lease, proof);
    Optional<EraseRule.Refusal> refusal = EraseRule.refusal(job, asked);
    if (refusal.isPresent()) {
      return refused(job, refusal.get());
    }
    return authorized(jobs.append(job.id(), asked), asked.proof());
  }

  private static boolean isSame(Job job, Lease lease, EraseProof proof) {
    return job.erasure().token() == lease.token()
        && job.erasure().digest().equals(proof.digest())
        && job.revision() == proof.revision()
        && job.custody().fingerprint().equals(proof.device().fingerprint());
  }

  private EraseDecision authorized(Job job, String proof) {
    return new EraseDecision.EraseAuthorized(proof, tombstones.of(job.id(), proof));
  }

  private EraseDecision refused(Job job, EraseRule.Refusal refusal)
      throws LifecycleException, NoSuchJobException, JobStoreException {
    LOG.info("job {}: not erased, {}: {}", job.id(), refusal.reason(), refusal.message());
    if (job.waiting().isEmpty() && !job.state().isOver()) {
      jobs.append(
          job.id(), new JobEvent.Held(refusal.reason(), Confidential.of(refusal.message())));
    }
    return new NotAuthorized(refusal.reason(), refusal.message());
  }

  private EraseAuthorized asked(Lease lease, EraseProof proof) {
    byte[] id = new byte[PROOF_BYTES];
    random.nextBytes(id);
    return new EraseAuthorized(
        HexFormat.of().formatHex(id),
        proof.revision(),
        lease.token(),
        proof.device().fingerprint(),
        proof.device().size(),
        proof.files(),
        proof.bytes(),
        proof.openRows(),
        proof.unexplainedBytes(),
        proof.digest(),
        proof.provenAt());
  }
}
