package org.diskferry.job.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.diskferry.job.Account;
import org.diskferry.job.Confidential;
import org.diskferry.job.CreatedJob;
import org.diskferry.job.DeviceTakenException;
import org.diskferry.job.Job;
import org.diskferry.job.JobEvent;
import org.diskferry.job.JobId;
import org.diskferry.job.JobListing;
import org.diskferry.job.JobPage;
import org.diskferry.job.JobState;
import org.diskferry.job.JobStore;
import org.diskferry.job.JobType;
import org.diskferry.job.LifecycleException;
import org.diskferry.job.LoadFigures;
import org.diskferry.job.NewJob;
import org.diskferry.job.NoSuchJobException;
import org.diskferry.job.QuotaExceededException;
import org.diskferry.job.RecordedEvent;
import org.diskferry.job.dispatch.HoldReason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every store of jobs does, whatever it keeps them in.
public abstract class JobStoreContract {
  /// Jobs that an account may create in a day, in these tests.
  protected static final int QUOTA = 5;

  private static final JobId UNKNOWN = new JobId("ZZZZZ");

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T10:00:00Z"));
  private JobStore store;
  private Account account;

  /// An empty store, or one whose jobs belong to other accounts than those that come.
  ///
  /// @param clock whose time it takes
  /// @param quota jobs a day and account
  protected abstract JobStore store(SettableClock clock, int quota) throws Exception;

  /// An account that was never used before.
  protected abstract Account freshAccount();

  @BeforeEach
  void freshStore() throws Exception {
    store = store(clock, QUOTA);
    account = freshAccount();
  }

  @Test
  void aNewJobIsPendingAndFound() throws Exception {
    Job job = create();
    assertThat(job.state()).isEqualTo(JobState.PENDING);
    assertThat(job.revision()).isEqualTo(1);
    assertThat(job.created()).isEqualTo(clock.instant());
    assertThat(job.manifest().text()).contains("bucket: b");
    assertThat(store.find(job.id())).contains(job);
    assertThat(store.find(UNKNOWN)).isEmpty();
  }

  @Test
  void whatIsAppendedIsThereWhenItIsReadAgain() throws Exception {
    Job job = create();
    Job after = store.append(job.id(), device("disk"));
    assertThat(after.state()).isEqualTo(JobState.BOUND);
    assertThat(store.find(job.id())).contains(after);
    assertThat(after.custody().size()).isEqualTo(Jobs.SIZE);
  }

  @Test
  void everyKindOfEventReadsBackAsItWasWritten() throws Exception {
    assertReadBack(create().id(), wholeLife());
    assertReadBack(store.create(asked(account, JobType.EXPORT)).job().id(), wholeExport());
  }

  private void assertReadBack(JobId id, List<JobEvent> events) throws Exception {
    for (JobEvent event : events) {
      clock.advance(Duration.ofSeconds(1));
      store.append(id, event);
    }
    List<RecordedEvent> history = store.history(id);
    assertThat(history.stream().skip(1).map(RecordedEvent::event)).isEqualTo(events);
    assertThat(history.stream().map(RecordedEvent::number).toList())
        .isEqualTo(java.util.stream.IntStream.rangeClosed(1, events.size() + 1).boxed().toList());
    assertThat(history.getLast().at()).isEqualTo(clock.instant());
  }

  @Test
  void theJobReadAgainEqualsTheJobThatWasReturned() throws Exception {
    Job job = create();
    for (JobEvent event : wholeLife()) {
      job = store.append(job.id(), event);
      assertThat(store.find(job.id())).contains(job);
    }
    Job export = store.create(asked(account, JobType.EXPORT)).job();
    for (JobEvent event : wholeExport()) {
      export = store.append(export.id(), event);
      assertThat(store.find(export.id())).contains(export);
    }
  }

  @Test
  void whatTheLifecycleForbidsLeavesNothing() throws Exception {
    Job job = create();
    assertThatThrownBy(() -> store.append(job.id(), new JobEvent.LoadStarted(1, 1)))
        .isInstanceOf(LifecycleException.class);
    assertThat(store.find(job.id())).contains(job);
    assertThat(store.history(job.id())).hasSize(1);
  }

  @Test
  void anUnknownJobIsRefused() {
    assertThatThrownBy(() -> store.append(UNKNOWN, new JobEvent.CancelRequested()))
        .isInstanceOf(NoSuchJobException.class);
    assertThatThrownBy(() -> store.signature(UNKNOWN)).isInstanceOf(NoSuchJobException.class);
    assertThatThrownBy(() -> store.history(UNKNOWN)).isInstanceOf(NoSuchJobException.class);
  }

  @Test
  void aSecondDeviceIsNotBound() throws Exception {
    Job job = create();
    store.append(job.id(), device("disk-1"));
    assertThatThrownBy(() -> store.append(job.id(), device("disk-2")))
        .isInstanceOf(LifecycleException.class);
  }

  @Test
  void aDeviceBelongsToOneOpenJobAtATime() throws Exception {
    Job first = create();
    Job second = create();
    String fingerprint = account + " shared";
    assertThat(store.ofDevice(fingerprint)).isEmpty();
    Job bound = store.append(first.id(), device("shared"));
    assertThat(store.ofDevice(fingerprint)).contains(bound);
    assertThatThrownBy(() -> store.append(second.id(), device("shared")))
        .isInstanceOf(DeviceTakenException.class);
    assertThat(store.find(second.id())).contains(second);
    store.append(first.id(), new JobEvent.Released(JobEvent.Cause.OPERATOR));
    assertThat(store.ofDevice(fingerprint)).isEmpty();
    assertThat(store.append(second.id(), device("shared")).state()).isEqualTo(JobState.BOUND);
  }

  @Test
  void aDeviceThatWaitsToGoBackIsKnownByTheJobsThatAreDoneWithIt() throws Exception {
    Job first = create();
    Job second = create();
    String fingerprint = account + " done";
    store.append(first.id(), device("done"));
    assertThat(store.waitingToGoBack(fingerprint)).isEmpty();
    Job released = store.append(first.id(), new JobEvent.Released(JobEvent.Cause.OPERATOR));
    assertThat(store.waitingToGoBack(fingerprint)).containsExactly(released);
    assertThat(store.waitingToGoBack(account + " other")).isEmpty();
    assertThat(store.waitingToGoBack("")).isEmpty();
    store.append(second.id(), device("done"));
    Job newer = store.append(second.id(), new JobEvent.Released(JobEvent.Cause.OPERATOR));
    assertThat(store.waitingToGoBack(fingerprint)).containsExactly(newer, released);
    store.append(first.id(), new JobEvent.Returned("UPS", Confidential.of("1Z")));
    assertThat(store.waitingToGoBack(fingerprint)).containsExactly(newer);
  }

  @Test
  void ofTwoJobsThatClaimADeviceAtOnceOneGetsIt() throws Exception {
    Job first = create();
    Job second = create();
    JobEvent bound = device("contested");
    assertThat(
            outcomes(
                List.of(
                    () -> store.append(first.id(), bound), () -> store.append(second.id(), bound))))
        .containsExactlyInAnyOrder("done", "DeviceTakenException");
  }

  @Test
  void ofManyAppendsAtOnceEachSeesTheOneBefore() throws Exception {
    JobId id = create().id();
    List<Callable<Job>> updates = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      updates.add(() ->
          store.append(
              id, new JobEvent.ManifestReplaced(2, JobType.IMPORT, Confidential.of("new"))));
    }
    assertThat(outcomes(updates)).filteredOn("done"::equals).hasSize(1);
    assertThat(store.find(id).orElseThrow().revision()).isEqualTo(2);
    assertThat(store.history(id)).hasSize(2);
  }

  @Test
  void theSignatureNeverChanges() throws Exception {
    CreatedJob created = store.create(asked(account));
    Job job = created.job();
    var signature = store.signature(job.id());
    assertThat(signature).isEqualTo(created.signature());
    assertThat(signature.job()).isEqualTo(job.id());
    store.append(
        job.id(), new JobEvent.ManifestReplaced(2, JobType.EXPORT, Confidential.of("other")));
    assertThat(store.signature(job.id())).isEqualTo(signature);
    assertThat(store.signature(create().id()).signature()).isNotEqualTo(signature.signature());
  }

  @Test
  void jobsAreListedNewestFirstPageByPage() throws Exception {
    List<JobId> made = new ArrayList<>();
    for (int i = 0; i < QUOTA; i++) {
      made.addFirst(create().id());
      // The first three at one instant: then the order of their making decides.
      clock.advance(i < 2 ? Duration.ZERO : Duration.ofSeconds(1));
    }
    JobPage first = store.list(account, 2);
    assertThat(ids(first)).isEqualTo(made.subList(0, 2));
    assertThat(first.truncated()).isTrue();
    JobPage rest = store.listAfter(account, made.get(1), 3);
    assertThat(ids(rest)).isEqualTo(made.subList(2, QUOTA));
    assertThat(rest.truncated()).isFalse();
    assertThat(store.listAfter(account, made.getLast(), 10).jobs()).isEmpty();
  }

  @Test
  void aPageOfNothingIsEmpty() throws Exception {
    create();
    JobPage page = store.list(account, 0);
    assertThat(page.jobs()).isEmpty();
    assertThat(page.truncated()).isTrue();
  }

  @Test
  void anAccountSeesItsOwnJobsOnly() throws Exception {
    JobId id = create().id();
    Account other = freshAccount();
    assertThat(store.list(other, 10).jobs()).isEmpty();
    assertThatThrownBy(() -> store.listAfter(other, id, 10)).isInstanceOf(NoSuchJobException.class);
  }

  @Test
  void theListShowsTypeAndCancellation() throws Exception {
    JobId id = create().id();
    store.append(id, new JobEvent.ManifestReplaced(2, JobType.EXPORT, Confidential.of("other")));
    store.append(id, new JobEvent.CancelRequested());
    JobListing listing = store.list(account, 1).jobs().getFirst();
    assertThat(listing).isEqualTo(new JobListing(id, JobType.EXPORT, clock.instant(), true));
  }

  @Test
  void theQuotaCountsCanceledJobsAndEndsAtMidnight() throws Exception {
    for (int i = 0; i < QUOTA; i++) {
      store.append(create().id(), new JobEvent.CancelRequested());
    }
    assertThatThrownBy(this::create).isInstanceOf(QuotaExceededException.class);
    assertThat(store.list(account, 10).jobs()).hasSize(QUOTA);
    assertThat(store.create(asked(freshAccount())).job().state()).isEqualTo(JobState.PENDING);
    clock.set(Instant.parse("2026-03-01T23:59:59.999Z"));
    assertThatThrownBy(this::create).isInstanceOf(QuotaExceededException.class);
    clock.set(Instant.parse("2026-03-02T00:00:00Z"));
    assertThat(create().state()).isEqualTo(JobState.PENDING);
  }

  @Test
  void theQuotaHoldsWhenManyAskAtOnce() throws Exception {
    List<Callable<Job>> all = new ArrayList<>();
    for (int i = 0; i < QUOTA + 5; i++) {
      all.add(this::create);
    }
    assertThat(outcomes(all)).filteredOn("done"::equals).hasSize(QUOTA);
  }

  @Test
  void whatWaitsForTooLongIsFound() throws Exception {
    JobId pending = create().id();
    JobId held = create().id();
    store.append(held, device("waiting"));
    store.append(held, Jobs.held(HoldReason.CANNOT_DECRYPT));
    Instant then = clock.instant();
    clock.advance(Duration.ofDays(1));
    assertThat(store.pendingSince(then, 1000)).doesNotContain(pending);
    assertThat(store.pendingSince(clock.instant(), 1000)).contains(pending).doesNotContain(held);
    assertThat(store.heldSince(then, 1000)).doesNotContain(held);
    assertThat(store.heldSince(clock.instant(), 1000)).contains(held).doesNotContain(pending);
    store.append(held, new JobEvent.Released(JobEvent.Cause.HOLD_EXPIRED));
    assertThat(store.heldSince(clock.instant(), 1000)).doesNotContain(held);
  }

  @Test
  void theDockShowsWhatIsHere() throws Exception {
    Job job = create();
    assertThat(store.atTheDock(1000)).extracting(Job::id).doesNotContain(job.id());
    store.append(job.id(), device("here"));
    Job released = store.append(job.id(), new JobEvent.Released(JobEvent.Cause.OPERATOR));
    assertThat(store.atTheDock(1000)).contains(released);
    store.append(job.id(), new JobEvent.Returned("UPS", Confidential.of("1Z")));
    assertThat(store.atTheDock(1000)).extracting(Job::id).doesNotContain(job.id());
  }

  private Job create() throws Exception {
    return store.create(asked(account)).job();
  }

  private static NewJob asked(Account account) {
    return asked(account, JobType.IMPORT);
  }

  private static NewJob asked(Account account, JobType type) {
    return new NewJob(account, Confidential.of("jane"), type, Confidential.of("bucket: b"));
  }

  private static List<JobId> ids(JobPage page) {
    return page.jobs().stream().map(JobListing::id).toList();
  }

  private JobEvent device(String name) {
    return Jobs.bound(account + " " + name);
  }

  private static List<String> outcomes(List<Callable<Job>> calls) throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<String> outcomes = new ArrayList<>();
      for (Future<Job> future : threads.invokeAll(calls)) {
        outcomes.add(outcome(future));
      }
      return outcomes;
    }
  }

  private static String outcome(Future<Job> future) throws InterruptedException {
    try {
      future.get();
      return "done";
    } catch (ExecutionException e) {
      return e.getCause().getClass().getSimpleName();
    }
  }

  private List<JobEvent> wholeExport() {
    return List.of(
        device("target"),
        new JobEvent.Admitted("station", 1),
        Jobs.held(HoldReason.LOCKED),
        new JobEvent.Waived(1, JobEvent.Waiver.OPERATOR),
        new JobEvent.LoadStarted(1, 1),
        Jobs.held(HoldReason.CANNOT_FILL),
        new JobEvent.ManifestReplaced(2, JobType.EXPORT, Confidential.of("fileSystem: EXT4")),
        new JobEvent.LoadStarted(2, 1),
        new JobEvent.Filled(2, new LoadFigures(3, 4_000_000_000L, 0, 1), Confidential.of("b/ß")),
        new JobEvent.Detached(1),
        new JobEvent.Returned("UPS", Confidential.of("1Z999")));
  }

  /// Every kind of event but the first and those that end a job otherwise, in an order that is
  /// possible.
  private List<JobEvent> wholeLife() {
    String disk = account + " disk";
    return List.of(
        new JobEvent.Received(),
        new JobEvent.DeviceRefused("MissingSignature", "other disk"),
        new JobEvent.ManifestReplaced(2, JobType.IMPORT, Confidential.of("bucket: ß")),
        device("disk"),
        new JobEvent.Admitted("station", 1),
        new JobEvent.LoadStarted(2, 1),
        new JobEvent.EraseBarred(),
        new JobEvent.Loaded(2, new LoadFigures(3, 4_000_000_000L, 1, 2), Confidential.of("b/k")),
        Jobs.held(HoldReason.ERROR_ROWS),
        new JobEvent.Waived(2, JobEvent.Waiver.CUSTOMER),
        new JobEvent.EraseAuthorized(
            "p", 2, 1, disk, Jobs.SIZE, 3, 4, 2, 0, "ab", Instant.parse("2026-03-01T10:00:00.5Z")),
        new JobEvent.EraseStarted("p"),
        Jobs.held(HoldReason.ERASE_FAILED),
        new JobEvent.EraseStarted("p"),
        new JobEvent.Erased("p", Jobs.SIZE, true),
        new JobEvent.Detached(1),
        new JobEvent.Returned("UPS", Confidential.of("1Z999")));
  }
}
