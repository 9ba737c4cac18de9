package org.diskferry.job;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where jobs are kept. [#create] and [#append] are the only writes; both store the event and the
/// state that follows from it in one step, durably, before they return.
///
/// Contract, held by `JobStoreContract`:
///
/// * A job's id is never given to another job, whatever became of the first.
/// * Appends to one job happen one after the other; each sees the job as the one before left it.
/// * What [Lifecycle] does not allow is not stored.
/// * A device is bound to one job at a time, as long as that job is not over.
/// * When a call fails nothing was stored, unless [#append] fails with [JobStoreException]: then
///   the caller finds out by reading.
public interface JobStore {

  /// Makes a job under a new id. Nobody knows that id when this fails, so the store itself finds
  /// out what became of a commit whose answer was lost.
  ///
  /// @throws QuotaExceededException when the account has made as many as it may today
  CreatedJob create(NewJob asked) throws QuotaExceededException, JobStoreException;

  /// Stores what happened and returns the job as it is now.
  ///
  /// @throws LifecycleException when that cannot happen to the job now; [DeviceTakenException] when
  ///   the device is another job's
  Job append(JobId id, JobEvent event)
      throws NoSuchJobException, LifecycleException, JobStoreException;

  /// The job, whosever it is; empty where there never was one.
  Optional<Job> find(JobId id) throws JobStoreException;

  /// The job's `SIGNATURE`. It never changes.
  SignatureFile signature(JobId id) throws NoSuchJobException, JobStoreException;

  /// All that happened to a job, in order, with the confidential texts that can still be read.
  List<RecordedEvent> history(JobId id) throws NoSuchJobException, JobStoreException;

  /// The newest jobs of an account.
  ///
  /// @param most jobs in the page; 0 gives an empty one
  JobPage list(Account account, int most) throws JobStoreException;

  /// The jobs of an account that are older than one of them.
  ///
  /// @param marker the last job of the page before
  /// @throws NoSuchJobException when the marker is no job of the account
  JobPage listAfter(Account account, JobId marker, int most)
      throws NoSuchJobException, JobStoreException;

  /// Jobs that have been pending since before `then`, oldest first.
  List<JobId> pendingSince(Instant then, int most) throws JobStoreException;

  /// Jobs whose device has been on hold since before `then`, oldest first.
  List<JobId> heldSince(Instant then, int most) throws JobStoreException;

  /// The job that a device is bound to, as long as that job is not over; empty where there is none.
  Optional<Job> ofDevice(String fingerprint) throws JobStoreException;

  /// The jobs whose device this is, that are over, and whose device has not gone back; newest
  /// first.
  List<Job> waitingToGoBack(String fingerprint) throws JobStoreException;

  /// Jobs that have a device here: bound and not returned; oldest first.
  List<Job> atTheDock(int most) throws JobStoreException;
}
