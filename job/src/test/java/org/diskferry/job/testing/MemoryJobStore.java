package org.diskferry.job.testing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.diskferry.job.Account;
import org.diskferry.job.CreatedJob;
import org.diskferry.job.DeviceTakenException;
import org.diskferry.job.Job;
import org.diskferry.job.JobEvent;
import org.diskferry.job.JobId;
import org.diskferry.job.JobListing;
import org.diskferry.job.JobPage;
import org.diskferry.job.JobState;
import org.diskferry.job.JobStore;
import org.diskferry.job.Lifecycle;
import org.diskferry.job.LifecycleException;
import org.diskferry.job.NewJob;
import org.diskferry.job.NoSuchJobException;
import org.diskferry.job.QuotaExceededException;
import org.diskferry.job.RecordedEvent;
import org.diskferry.job.SignatureFile;

/// Jobs in memory, for tests: everything the contract asks for but to survive.
public final class MemoryJobStore implements JobStore {
  private final InstantSource clock;
  private final RandomGenerator random;
  private final int quota;
  private final Map<JobId, Job> jobs = new LinkedHashMap<>();
  private final Map<JobId, List<RecordedEvent>> events = new LinkedHashMap<>();

  /// A store with nothing in it.
  ///
  /// @param quota jobs that an account may create in a day
  public MemoryJobStore(InstantSource clock, RandomGenerator random, int quota) {
    this.clock = clock;
    this.random = random;
    this.quota = quota;
  }

  @Override
  public synchronized CreatedJob create(NewJob asked) throws QuotaExceededException {
    Instant now = clock.instant();
    Instant midnight = now.atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).toInstant();
    long today =
        jobs.values().stream()
            .filter(j -> j.account().equals(asked.account()) && !j.created().isBefore(midnight))
            .count();
    if (today >= quota) {
      throw new QuotaExceededException(asked.account(), quota);
    }
    JobId id = JobId.random(random);
    while (jobs.containsKey(id)) {
      id = JobId.random(random);
    }
    JobEvent.Created event =
        new JobEvent.Created(asked.account(), asked.user(), asked.type(), asked.manifest());
    Job job = Lifecycle.begin(id, now, event);
    jobs.put(id, job);
    events.put(id, new ArrayList<>(List.of(new RecordedEvent(1, now, event))));
    return new CreatedJob(job, signatureOf(id));
  }

  @Override
  public synchronized Job append(JobId id, JobEvent event)
      throws NoSuchJobException, LifecycleException {
    Job job = known(id);
    Job after = Lifecycle.after(job, clock.instant(), event);
    if (event instanceof JobEvent.DeviceBound bound && ofDevice(bound.fingerprint()).isPresent()) {
      throw new DeviceTakenException(id, job.state(), event);
    }
    jobs.put(id, after);
    List<RecordedEvent> all = events.get(id);
    all.add(new RecordedEvent(all.size() + 1, clock.instant(), event));
    return after;
  }

  @Override
  public synchronized Optional<Job> find(JobId id) {
    return Optional.ofNullable(jobs.get(id));
  }

  @Override
  public SignatureFile signature(JobId id) throws NoSuchJobException {
    known(id);
    return signatureOf(id);
  }

  @Override
  public synchronized List<RecordedEvent> history(JobId id) throws NoSuchJobException {
    known(id);
    return List.copyOf(events.get(id));
  }

  @Override
  public synchronized JobPage list(Account account, int most) {
    return page(newestFirst(account), most);
  }

  @Override
  public synchronized JobPage listAfter(Account account, JobId marker, int most)
      throws NoSuchJobException {
    List<Job> all = newestFirst(account);
    List<JobId> ids = all.stream().map(Job::id).toList();
    if (!ids.contains(marker)) {
      throw new NoSuchJobException(marker);
    }
    return page(all.subList(ids.indexOf(marker) + 1, all.size()), most);
  }

  @Override
  public synchronized List<JobId> pendingSince(Instant then, int most) {
    return ids(j -> j.state() == JobState.PENDING && j.created().isBefore(then), most);
  }

  @Override
  public synchronized List<JobId> heldSince(Instant then, int most) {
    return ids(j -> j.waiting().filter(h -> h.since().isBefore(then)).isPresent(), most);
  }

  @Override
  public synchronized List<Job> atTheDock(int most) {
    return jobs.values().stream()
        .filter(j -> j.custody().isBound() && !j.ending().isReturned())
        .limit(most)
        .toList();
  }

  private synchronized Job known(JobId id) throws NoSuchJobException {
    Job job = jobs.get(id);
    if (job == null) {
      throw new NoSuchJobException(id);
    }
    return job;
  }

  private static SignatureFile signatureOf(JobId id) {
    return SignatureFile.of(id, ("key of " + id).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public synchronized Optional<Job> ofDevice(String fingerprint) {
    return jobs.values().stream()
        .filter(j -> !j.state().isOver() && j.custody().fingerprint().equals(fingerprint))
        .findFirst();
  }

  @Override
  public synchronized List<Job> waitingToGoBack(String fingerprint) {
    return newestFirst(j ->
        j.state().isOver()
            && !j.ending().isReturned()
            && j.custody().isBound()
            && j.custody().fingerprint().equals(fingerprint));
  }

  private List<Job> newestFirst(Account account) {
    return newestFirst(j -> j.account().equals(account));
  }

  private List<Job> newestFirst(Predicate<Job> which) {
    return new ArrayList<>(jobs.values()).reversed().stream().filter(which).toList();
  }

  private List<JobId> ids(Predicate<Job> which, int most) {
    return jobs.values().stream().filter(which).map(Job::id).limit(most).toList();
  }

  private static JobPage page(List<Job> jobs, int most) {
    return new JobPage(
        jobs.stream()
            .limit(most)
            .map(j -> new JobListing(j.id(), j.type(), j.created(), j.ending().canceled()))
            .toList(),
        jobs.size() > most);
  }
}
