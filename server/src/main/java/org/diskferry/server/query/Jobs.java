package org.diskferry.server.query;

import java.util.Optional;
import org.diskferry.access.AccountId;
import org.diskferry.access.Principal;
import org.diskferry.job.Account;
import org.diskferry.job.Confidential;
import org.diskferry.job.CreatedJob;
import org.diskferry.job.Job;
import org.diskferry.job.JobEvent;
import org.diskferry.job.JobId;
import org.diskferry.job.JobPage;
import org.diskferry.job.JobState;
import org.diskferry.job.JobStatus;
import org.diskferry.job.JobStore;
import org.diskferry.job.JobStoreException;
import org.diskferry.job.JobType;
import org.diskferry.job.LifecycleException;
import org.diskferry.job.NewJob;
import org.diskferry.job.NoSuchJobException;
import org.diskferry.job.QuotaExceededException;
import org.diskferry.job.SignatureFile;

/// The jobs of the caller's account, with the store's trouble in the words of the API. A job of
/// another account is no job.
final class Jobs {
  private final JobStore store;

  Jobs(JobStore store) {
    this.store = store;
  }

  CreatedJob create(Principal caller, JobType type, String manifest)
      throws QueryException, UnavailableException {
    try {
      return store.create(
          new NewJob(
              account(caller.account()),
              Confidential.of(caller.user()),
              type,
              Confidential.of(manifest)));
    } catch (QuotaExceededException e) {
      throw new QueryException(ErrorCode.CREATE_JOB_QUOTA_EXCEEDED, String.valueOf(e.getMessage()));
    } catch (JobStoreException e) {
      throw unavailable(e);
    }
  }

  /// The job that the call names.
  Job named(Call call) throws QueryException, UnavailableException {
    JobId id = call.jobId();
    try {
      Account account = account(call.caller().account());
      Optional<Job> job = store.find(id).filter(j -> j.account().equals(account));
      return job.orElseThrow(() -> Call.noSuchJob(call.text("JobId")));
    } catch (JobStoreException e) {
      throw unavailable(e);
    }
  }

  SignatureFile signature(Job job) throws QueryException, UnavailableException {
    try {
      return store.signature(job.id());
    } catch (NoSuchJobException e) {
      throw Call.noSuchJob(job.id().value());
    } catch (JobStoreException e) {
      throw unavailable(e);
    }
  }

  /// Stores what the customer wants to happen.
  ///
  /// @param tooLate the code for a job that is too far for it
  void append(Job job, JobEvent event, ErrorCode tooLate)
      throws QueryException, UnavailableException {
    try {
      store.append(job.id(), event);
    } catch (LifecycleException e) {
      throw refused(job, e, tooLate);
    } catch (NoSuchJobException e) {
      throw Call.noSuchJob(job.id().value());
    } catch (JobStoreException e) {
      throw unavailable(e);
    }
  }

  JobPage newest(AccountId account, int limit) throws UnavailableException {
    try {
      return store.list(account(account), limit);
    } catch (JobStoreException e) {
      throw unavailable(e);
    }
  }

  JobPage after(AccountId account, String marker, int limit)
      throws QueryException, UnavailableException {
    try {
      return store.listAfter(account(account), Call.jobId(marker), limit);
    } catch (NoSuchJobException e) {
      throw Call.noSuchJob(marker);
    } catch (JobStoreException e) {
      throw unavailable(e);
    }
  }

  /// Why a job cannot be changed, by where it stands.
  static QueryException refused(Job job, LifecycleException why, ErrorCode tooLate) {
    if (job.ending().canceled()) {
      return new QueryException(
          ErrorCode.CANCELED_JOB_ID,
          "The specified job ID has been canceled and is no longer valid: " + job.id());
    }
    if (job.state() == JobState.EXPIRED) {
      return new QueryException(
          ErrorCode.EXPIRED_JOB_ID, "The specified job ID has expired: " + job.id());
    }
    return new QueryException(
        tooLate,
        "AWS Import/Export cannot %s the job %s, which is %s: %s"
            .formatted(
                tooLate == ErrorCode.UNABLE_TO_CANCEL_JOB_ID ? "cancel" : "update",
                job.id(),
                JobStatus.of(job).progress().word(),
                why.reason()));
  }

  private static Account account(AccountId id) {
    return new Account(id.value());
  }

  private static UnavailableException unavailable(JobStoreException e) {
    return new UnavailableException(String.valueOf(e.getMessage()), e);
  }
}
