package org.diskferry.server.dispatch;

import java.time.Instant;
import java.time.InstantSource;
import org.diskferry.job.Job;
import org.diskferry.job.JobEvent;
import org.diskferry.job.JobEvent.Cause;
import org.diskferry.job.JobEvent.Waiver;
import org.diskferry.job.JobId;
import org.diskferry.job.JobStore;
import org.diskferry.job.JobStoreException;
import org.diskferry.job.LifecycleException;
import org.diskferry.job.NoSuchJobException;
import org.diskferry.job.dispatch.HoldReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What happens when nobody says anything for too long: jobs expire, and devices that wait are let
/// go. [#pass] may run at any time, as often as one likes, in several processes at once.
public final class Deadlines {
  private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);

  /// A pass takes what is due in portions; the rest is due in the next.
  private static final int PORTION = 500;

  private final JobStore jobs;
  private final SitePolicy policy;
  private final InstantSource clock;

  /// Over these jobs.
  public Deadlines(JobStore jobs, SitePolicy policy, InstantSource clock) {
    this.jobs = jobs;
    this.policy = policy;
    this.clock = clock;
  }

  /// Does what is due.
  public void pass() throws JobStoreException {
    Instant now = clock.instant();
    for (JobId id : jobs.pendingSince(now.minus(policy.pendingFor()), PORTION)) {
      append(id, new JobEvent.Expired());
    }
    for (JobId id : jobs.heldSince(now.minus(policy.heldFor()), PORTION)) {
      letGo(id);
    }
  }

  private void letGo(JobId id) throws JobStoreException {
    Job job = jobs.find(id).orElseThrow();
    boolean erase =
        switch (job.type()) {
          case EXPORT -> false;
          case IMPORT ->
              switch (policy.afterHold()) {
                case RETURN -> false;
                // Once: what cannot be erased even so goes back as it is.
                case ERASE -> !job.loading().waived().contains(HoldReason.PROOF_FAILED);
              };
        };
    append(
        id,
        erase
            ? new JobEvent.Waived(job.revision(), Waiver.SITE)
            : new JobEvent.Released(Cause.HOLD_EXPIRED));
  }

  private void append(JobId id, JobEvent event) throws JobStoreException {
    try {
      jobs.append(id, event);
      LOG.info("job {}: {}", id, event.getClass().getSimpleName());
    } catch (LifecycleException e) {
      // Somebody did say something, just now; or its parcel is here and only waits for a bay.
      LOG.debug("not due any more: {}", e.getMessage());
    } catch (NoSuchJobException e) {
      throw new IllegalStateException("a job that was there is gone", e);
    }
  }
}
