package org.diskferry.server.registry;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diskferry.job.Account;
import org.diskferry.job.Confidential;
import org.diskferry.job.CreatedJob;
import org.diskferry.job.DeviceTakenException;
import org.diskferry.job.Job;
import org.diskferry.job.JobEvent;
import org.diskferry.job.JobId;
import org.diskferry.job.JobListing;
import org.diskferry.job.JobPage;
import org.diskferry.job.JobStore;
import org.diskferry.job.JobStoreException;
import org.diskferry.job.Lifecycle;
import org.diskferry.job.LifecycleException;
import org.diskferry.job.NewJob;
import org.diskferry.job.NoSuchJobException;
import org.diskferry.job.QuotaExceededException;
import org.diskferry.job.RecordedEvent;
import org.diskferry.job.SignatureFile;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/// Jobs in PostgreSQL. Every write locks the job's row, folds its events, asks the lifecycle, and
/// stores event, hash, texts and state in one transaction.
final class PostgresJobStore implements JobStore {
  /// Of 39 million names, so that one that was ever used comes up again is rare while there are
  /// fewer than a million jobs; twenty in a row are then impossible.
  private static final int MAX_DRAWS = 20;

  private final Transactions transactions;
  private final JobSecrets secrets;
  private final InstantSource clock;
  private final SecureRandom random;
  private final int quota;

  PostgresJobStore(
      Transactions transactions,
      JobSecrets secrets,
      InstantSource clock,
      SecureRandom random,
      int quota) {
    this.transactions = transactions;
    this.secrets = secrets;
    this.clock = clock;
    this.random = random;
    this.quota = quota;
  }

  @Override
  public CreatedJob create(NewJob asked) throws QuotaExceededException, JobStoreException {
    Instant now = now();
    return transactions.<CreatedJob, QuotaExceededException>settled(
        "create a job",
        handle -> {
          checkQuota(handle, asked.account(), now);
          return insert(handle, asked, now);
        });
  }

  private void checkQuota(Handle handle, Account account, Instant now)
      throws QuotaExceededException {
    JobRows.lockAccount(handle, account);
    Instant midnight = now.atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).toInstant();
    if (JobRows.createdSince(handle, account, midnight) >= quota) {
      throw new QuotaExceededException(account, quota);
    }
  }

  private CreatedJob insert(Handle handle, NewJob asked, Instant now) {
    JobEvent.Created event =
        new JobEvent.Created(asked.account(), asked.user(), asked.type(), asked.manifest());
    for (int i = 0; i < MAX_DRAWS; i++) {
      Job job = Lifecycle.begin(JobId.random(random), now, event);
      if (JobRows.insert(handle, job, Chain.start())) {
        secrets.createKeys(handle, job.id());
        record(handle, job, Chain.start(), now, event);
        return new CreatedJob(job, signature(handle, job.id()).orElseThrow());
      }
    }
    throw new IllegalStateException("no unused job id in " + MAX_DRAWS + " draws");
  }

  @Override
  public Job append(JobId id, JobEvent event)
      throws NoSuchJobException, LifecycleException, JobStoreException {
    return transactions.<Job, NoSuchJobException, LifecycleException>run(
        "store " + EventWriter.type(event) + " of job " + id,
        handle -> {
          byte[] chain = JobRows.lock(handle, id).orElseThrow(() -> new NoSuchJobException(id));
          Job before = fold(handle, id);
          Instant now = now();
          Job after = Lifecycle.after(before, now, event);
          try {
            record(handle, after, chain, now, event);
          } catch (JdbiException e) {
            if (Transactions.violates(e, JobRows.deviceIndex())) {
              throw new DeviceTakenException(id, before.state(), event);
            }
            throw e;
          }
          return event instanceof JobEvent.KeyDestroyed
              ? fold(handle, id)
              : revealed(handle, after);
        });
  }

  private void record(Handle handle, Job after, byte[] chain, Instant now, JobEvent event) {
    JobId id = after.id();
    EventWriter writer = new EventWriter(text -> secrets.keep(handle, id, text));
    StoredEvent stored =
        new StoredEvent(
            after.events(),
            now,
            EventWriter.type(event),
            EventWriter.VERSION,
            writer.payload(event));
    byte[] hash = Chain.next(chain, id, stored);
    JobRows.update(handle, after, hash);
    EventRows.insert(handle, id, stored, hash);
    if (event instanceof JobEvent.KeyDestroyed) {
      secrets.destroyKey(handle, id);
    }
  }

  @Override
  public Optional<Job> find(JobId id) throws JobStoreException {
    return transactions.run("read job " + id, handle -> find(handle, id));
  }

  private Optional<Job> find(Handle handle, JobId id) {
    return JobRows.head(handle, id).map(head -> revealed(handle, fold(handle, id)));
  }

  @Override
  public SignatureFile signature(JobId id) throws NoSuchJobException, JobStoreException {
    return transactions.<SignatureFile, NoSuchJobException, RuntimeException>run(
        "read the signature key of job " + id,
        handle -> signature(handle, id).orElseThrow(() -> new NoSuchJobException(id)));
  }

  private Optional<SignatureFile> signature(Handle handle, JobId id) {
    return secrets
        .signatureKey(handle, id)
        .map(key -> {
          SignatureFile file = SignatureFile.of(id, key);
          Arrays.fill(key, (byte) 0);
          return file;
        });
  }

  @Override
  public List<RecordedEvent> history(JobId id) throws NoSuchJobException, JobStoreException {
    return transactions.<List<RecordedEvent>, NoSuchJobException, RuntimeException>run(
        "read the events of job " + id,
        handle -> {
          List<StoredEvent> stored = EventRows.of(handle, id);
          if (stored.isEmpty()) {
            throw new NoSuchJobException(id);
          }
          Map<String, Confidential> texts = secrets.readAll(handle, id);
          return stored.stream().map(event -> recorded(event, texts)).toList();
        });
  }

  private static RecordedEvent recorded(StoredEvent stored, Map<String, Confidential> texts) {
    JobEvent event = EventReader.read(stored, c -> texts.getOrDefault(c, Confidential.unread(c)));
    return new RecordedEvent(stored.number(), stored.at(), event);
  }

  /// Where the stored events of a job do not agree with its hash chain any more: the number of the
  /// first that was altered, is missing or was added; empty where all is as it was written.
  Optional<Integer> firstBroken(JobId id) throws NoSuchJobException, JobStoreException {
    return transactions.<Optional<Integer>, NoSuchJobException, RuntimeException>run(
        "check the events of job " + id,
        handle ->
            ChainCheck.firstBroken(
                id,
                JobRows.head(handle, id).orElseThrow(() -> new NoSuchJobException(id)),
                EventRows.of(handle, id),
                EventRows.hashes(handle, id)));
  }

  @Override
  public JobPage list(Account account, int most) throws JobStoreException {
    return transactions.run(
        "list the jobs of " + account, handle -> page(handle, account, Long.MAX_VALUE, most));
  }

  @Override
  public JobPage listAfter(Account account, JobId marker, int most)
      throws NoSuchJobException, JobStoreException {
    return transactions.<JobPage, NoSuchJobException, RuntimeException>run(
        "list the jobs of " + account,
        handle -> {
          long number =
              JobRows.number(handle, account, marker)
                  .orElseThrow(() -> new NoSuchJobException(marker));
          return page(handle, account, number, most);
        });
  }

  private static JobPage page(Handle handle, Account account, long before, int most) {
    List<JobListing> jobs = JobRows.before(handle, account, before, Math.addExact(most, 1));
    return new JobPage(jobs.subList(0, Math.min(most, jobs.size())), jobs.size() > most);
  }

  @Override
  public List<JobId> pendingSince(Instant then, int most) throws JobStoreException {
    return transactions.run(
        "look for jobs to expire", handle -> JobRows.pendingSince(handle, then, most));
  }

  @Override
  public List<JobId> heldSince(Instant then, int most) throws JobStoreException {
    return transactions.run(
        "look for holds that ran out", handle -> JobRows.heldSince(handle, then, most));
  }

  @Override
  public Optional<Job> ofDevice(String fingerprint) throws JobStoreException {
    return transactions.run(
        "look for a device's job",
        handle -> JobRows.ofDevice(handle, fingerprint).flatMap(id -> find(handle, id)));
  }

  @Override
  public List<Job> waitingToGoBack(String fingerprint) throws JobStoreException {
    return transactions.run(
        "look for the jobs that a device is done with",
        handle -> jobs(handle, JobRows.waitingToGoBack(handle, fingerprint)));
  }

  @Override
  public List<Job> atTheDock(int most) throws JobStoreException {
    return transactions.run(
        "list the dock", handle -> jobs(handle, JobRows.atTheDock(handle, most)));
  }

  private List<Job> jobs(Handle handle, List<JobId> ids) {
    return ids.stream().map(id -> revealed(handle, fold(handle, id))).toList();
  }

  private static Job fold(Handle handle, JobId id) {
    List<StoredEvent> events = EventRows.of(handle, id);
    try {
      return Fold.of(id, events);
    } catch (LifecycleException e) {
      throw new IllegalStateException("the stored events of job " + id + " do not add up", e);
    }
  }

  private Job revealed(Handle handle, Job job) {
    List<String> commitments = new ArrayList<>();
    job.revealed(text -> {
      commitments.add(text.commitment());
      return text;
    });
    Map<String, Confidential> texts =
        secrets.read(handle, job.id(), commitments.stream().filter(c -> !c.isEmpty()).toList());
    return job.revealed(text -> texts.getOrDefault(text.commitment(), text));
  }

  /// What the database keeps of a time.
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
