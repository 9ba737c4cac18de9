package org.diskferry.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.diskferry.job.testing.Jobs.after;
import static org.diskferry.job.testing.Jobs.bound;
import static org.diskferry.job.testing.Jobs.erase;
import static org.diskferry.job.testing.Jobs.filled;
import static org.diskferry.job.testing.Jobs.filling;
import static org.diskferry.job.testing.Jobs.held;
import static org.diskferry.job.testing.Jobs.loaded;
import static org.diskferry.job.testing.Jobs.loading;
import static org.diskferry.job.testing.Jobs.pending;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.diskferry.job.JobEvent.Admitted;
import org.diskferry.job.JobEvent.CancelRequested;
import org.diskferry.job.JobEvent.Detached;
import org.diskferry.job.JobEvent.DeviceRefused;
import org.diskferry.job.JobEvent.EraseBarred;
import org.diskferry.job.JobEvent.EraseStarted;
import org.diskferry.job.JobEvent.Erased;
import org.diskferry.job.JobEvent.Expired;
import org.diskferry.job.JobEvent.KeyDestroyed;
import org.diskferry.job.JobEvent.LoadStarted;
import org.diskferry.job.JobEvent.ManifestReplaced;
import org.diskferry.job.JobEvent.Received;
import org.diskferry.job.JobEvent.Released;
import org.diskferry.job.JobEvent.Returned;
import org.diskferry.job.JobEvent.Waived;
import org.diskferry.job.JobEvent.Waiver;
import org.diskferry.job.dispatch.HoldReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LifecycleTest {
  private static final Released RELEASED = new Released(JobEvent.Cause.OPERATOR);

  /// One of each kind.
  private static final List<JobEvent> ONE_OF_EACH =
      List.of(
          new JobEvent.Created(
              new Account("123456789012"),
              Confidential.of(""),
              JobType.IMPORT,
              Confidential.of("")),
          new ManifestReplaced(2, JobType.IMPORT, Confidential.of("")),
          new CancelRequested(),
          new Expired(),
          new Received(),
          new DeviceRefused("MissingSignature", "disk"),
          bound("disk"),
          new Admitted("station", 1),
          new LoadStarted(1, 1),
          loaded(1, 0),
          filled(1, 0),
          new JobEvent.Canceled(LoadFigures.NONE, Confidential.of("")),
          held(HoldReason.ERROR_ROWS),
          new EraseBarred(),
          new Waived(1, Waiver.CUSTOMER),
          RELEASED,
          erase(1, 1, 0),
          new EraseStarted("proof-1"),
          new Erased("proof-1", 1, true),
          new JobEvent.DeviceFailed(Confidential.of("")),
          new Detached(1),
          new Returned("UPS", Confidential.of("1Z")),
          new KeyDestroyed());

  /// What is possible, written down a second time: a row that changes here was changed on purpose.
  private static final Map<JobState, String> POSSIBLE =
      Map.ofEntries(
          Map.entry(
              JobState.PENDING,
              "CancelRequested DeviceBound DeviceRefused Expired ManifestReplaced Received"
                  + " Returned"),
          Map.entry(
              JobState.BOUND,
              "Admitted CancelRequested Detached DeviceFailed DeviceRefused EraseBarred Held"
                  + " LoadStarted Released"),
          Map.entry(
              JobState.LOADING,
              "Admitted CancelRequested Detached DeviceFailed DeviceRefused EraseBarred Filled"
                  + " Held LoadStarted Loaded Released"),
          Map.entry(
              JobState.CANCELING,
              "Admitted Canceled Detached DeviceFailed Filled Held LoadStarted Loaded Released"),
          Map.entry(
              JobState.LOADED,
              "Admitted Detached DeviceFailed EraseAuthorized EraseBarred Held LoadStarted"
                  + " Released"),
          Map.entry(
              JobState.HELD,
              "Admitted CancelRequested Detached DeviceFailed DeviceRefused EraseBarred"
                  + " EraseStarted Held LoadStarted ManifestReplaced Released Waived"),
          Map.entry(
              JobState.AUTHORIZED,
              "Admitted Detached DeviceFailed EraseAuthorized EraseStarted Held LoadStarted"),
          Map.entry(
              JobState.ERASING,
              "Admitted Detached DeviceFailed EraseAuthorized Erased Held LoadStarted"),
          Map.entry(JobState.ERASED, "Admitted Detached KeyDestroyed Returned"),
          Map.entry(JobState.FILLED, "Admitted Detached KeyDestroyed Returned"),
          Map.entry(JobState.RELEASED, "Admitted Detached KeyDestroyed Returned"),
          Map.entry(JobState.FAILED, "Admitted Detached KeyDestroyed Returned"),
          Map.entry(JobState.CANCELED, "KeyDestroyed Received Returned"),
          Map.entry(JobState.EXPIRED, "KeyDestroyed Received Returned"));

  @Test
  void theListOfEventsIsComplete() {
    assertThat(ONE_OF_EACH.stream().map(Object::getClass).toList())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.asList((Object[]) JobEvent.class.getPermittedSubclasses()).stream()
                .<Class<? extends JobEvent>>map(c -> ((Class<?>) c).asSubclass(JobEvent.class))
                .toList());
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotInTheTableIsRefused(JobState state) {
    Set<String> possible = new TreeSet<>();
    for (JobEvent event : ONE_OF_EACH) {
      if (Lifecycle.next(state, event).isPresent()) {
        possible.add(event.getClass().getSimpleName());
      }
    }
    assertThat(String.join(" ", possible)).isEqualTo(POSSIBLE.get(state));
  }

  @Test
  void everyStateCanBeReached() {
    Map<JobState, Integer> seen = new TreeMap<>();
    List<JobState> open = new ArrayList<>(List.of(JobState.PENDING));
    while (!open.isEmpty()) {
      JobState state = open.removeLast();
      if (seen.putIfAbsent(state, 1) == null) {
        ONE_OF_EACH.forEach(e -> Lifecycle.next(state, e).ifPresent(open::add));
      }
    }
    assertThat(seen.keySet()).containsExactly(JobState.values());
  }

  @Test
  void anImportEndsErasedAndReturned() throws Exception {
    Job job =
        after(
            loading(),
            loaded(1, 0),
            erase(1, 1, 0),
            new EraseStarted("proof-1"),
            new Erased("proof-1", 1, true),
            new Detached(1),
            new Returned("UPS", Confidential.of("1Z")));
    assertThat(job.state()).isEqualTo(JobState.ERASED);
    assertThat(job.ending().isReturned()).isTrue();
  }

  @Test
  void aDeviceWithOpenRowsIsNotErasedBeforeTheyAreWaived() throws Exception {
    Job job = after(loading(), loaded(1, 3));
    assertRefused(job, erase(1, 1, 3));
    Job waived = after(job, held(HoldReason.ERROR_ROWS), new Waived(1, Waiver.CUSTOMER));
    assertThat(waived.state()).isEqualTo(JobState.LOADED);
    assertThat(after(waived, erase(1, 1, 3)).state()).isEqualTo(JobState.AUTHORIZED);
  }

  @Test
  void aWaiverIsOfOneRevisionOnly() throws Exception {
    Job job =
        after(
            loading(),
            loaded(1, 3),
            held(HoldReason.ERROR_ROWS),
            new ManifestReplaced(2, JobType.IMPORT, Confidential.of("new")));
    assertRefused(job, new Waived(1, Waiver.CUSTOMER));
    assertRefused(job, new Waived(2, Waiver.CUSTOMER));
    Job again = after(job, new LoadStarted(2, 1), loaded(2, 1));
    assertRefused(again, erase(2, 1, 1));
  }

  @Test
  void anEraseNeedsTheNewestLeaseRevisionAndDevice() throws Exception {
    Job job = after(loading(), loaded(1, 0), new Detached(1), new Admitted("other", 2));
    assertRefused(job, erase(1, 1, 0));
    assertRefused(job, erase(2, 2, 0));
    assertRefused(
        job,
        new JobEvent.EraseAuthorized(
            "p", 1, 2, "another disk", 1 << 20, 7, 700, 0, 0, "", job.created()));
    assertRefused(
        job,
        new JobEvent.EraseAuthorized("p", 1, 2, "disk", 4096, 7, 700, 0, 0, "", job.created()));
    assertThat(after(job, erase(1, 2, 0)).state()).isEqualTo(JobState.AUTHORIZED);
  }

  @Test
  void aDeviceThatLeftItsBayIsNotErased() throws Exception {
    Job job = after(loading(), loaded(1, 0), new Detached(1));
    assertRefused(job, erase(1, 1, 0));
  }

  @Test
  void spaceThatNothingExplainsHoldsTheEraseUntilItIsWaived() throws Exception {
    JobEvent asked =
        new JobEvent.EraseAuthorized(
            "p", 1, 1, "disk", 1 << 20, 7, 700, 0, 4096, "", loading().created());
    Job job = after(loading(), loaded(1, 0));
    assertRefused(job, asked);
    Job waived = after(job, held(HoldReason.UNEXPLAINED_SPACE), new Waived(1, Waiver.CUSTOMER));
    assertThat(after(waived, asked).state()).isEqualTo(JobState.AUTHORIZED);
  }

  @Test
  void aFailedProofCannotBeWaived() throws Exception {
    Job job = after(loading(), loaded(1, 0), held(HoldReason.PROOF_FAILED));
    assertRefused(job, new Waived(1, Waiver.CUSTOMER));
  }

  @Test
  void whatTheOperatorKeepsIsNotErasedUntilItIsWaived() throws Exception {
    Job job = after(loading(), new EraseBarred(), loaded(1, 0));
    assertRefused(job, erase(1, 1, 0));
    Job waived = after(job, held(HoldReason.OPERATOR), new Waived(1, Waiver.CUSTOMER));
    assertThat(after(waived, erase(1, 1, 0)).state()).isEqualTo(JobState.AUTHORIZED);
  }

  @Test
  void aNewManifestIsNewsUntilItsLoadBegins() throws Exception {
    Job job = after(loading(), held(HoldReason.CANNOT_DECRYPT));
    assertThat(job.loading().news()).isFalse();
    Job updated = after(job, new ManifestReplaced(2, JobType.IMPORT, Confidential.of("new")));
    assertThat(updated.loading().news()).isTrue();
    assertRefused(updated, new LoadStarted(1, 1));
    Job again = after(updated, new LoadStarted(2, 1));
    assertThat(again.state()).isEqualTo(JobState.LOADING);
    assertThat(again.loading().news()).isFalse();
  }

  @Test
  void aWaiverIsNewsUntilItIsActedOn() throws Exception {
    Job job =
        after(loading(), loaded(1, 1), held(HoldReason.ERROR_ROWS), new Waived(1, Waiver.CUSTOMER));
    assertThat(job.loading().news()).isTrue();
    assertThat(after(job, new LoadStarted(1, 1)).loading().news()).isFalse();
  }

  @Test
  void aManifestThatReplacesAnotherIsItsSuccessor() {
    assertRefused(pending(), new ManifestReplaced(3, JobType.IMPORT, Confidential.of("")));
  }

  @Test
  void anImportMayBecomeAnExportOnlyWhilePending() throws Exception {
    JobEvent other = new ManifestReplaced(2, JobType.EXPORT, Confidential.of(""));
    assertThat(after(pending(), other).type()).isEqualTo(JobType.EXPORT);
    assertRefused(after(loading(), held(HoldReason.CANNOT_DECRYPT)), other);
  }

  @Test
  void aCancelledLoadIsHeldAndNeverErased() throws Exception {
    Job job =
        after(
            loading(),
            new CancelRequested(),
            new JobEvent.Canceled(new LoadFigures(2, 20, 5, 0), Confidential.of("b/k")));
    assertThat(job.state()).isEqualTo(JobState.HELD);
    assertThat(job.lastReason()).contains(HoldReason.CANCELED);
    assertRefused(job, erase(1, 1, 0));
    assertRefused(job, new Waived(1, Waiver.CUSTOMER));
    assertRefused(job, new CancelRequested());
    assertRefused(job, new LoadStarted(1, 1));
  }

  @Test
  void aLoadThatEndsBeforeItsCancellationIsHeldToo() throws Exception {
    Job job = after(loading(), new CancelRequested(), loaded(1, 0));
    assertThat(job.state()).isEqualTo(JobState.HELD);
    assertRefused(job, erase(1, 1, 0));
  }

  @Test
  void whatIsLoadedCannotBeCancelled() throws Exception {
    assertRefused(after(loading(), loaded(1, 0)), new CancelRequested());
    assertRefused(
        after(loading(), loaded(1, 2), held(HoldReason.ERROR_ROWS)), new CancelRequested());
  }

  @Test
  void aJobWhoseParcelIsHereDoesNotExpire() throws Exception {
    assertThat(after(pending(), new Expired()).state()).isEqualTo(JobState.EXPIRED);
    assertRefused(after(pending(), new Received()), new Expired());
    Job refused = after(pending(), new DeviceRefused("MissingSignature", "disk"));
    assertThat(after(refused, new Expired()).state()).isEqualTo(JobState.EXPIRED);
  }

  @Test
  void afterARefusedDeviceTheRightOneIsAdmitted() throws Exception {
    Job job =
        after(
            pending(),
            bound("wrong"),
            new Admitted("station", 1),
            new DeviceRefused("InvalidSignature", "wrong"));
    assertThat(job.state()).isEqualTo(JobState.PENDING);
    assertThat(job.custody().isBound()).isFalse();
    Job right = after(job, bound("right"), new Admitted("station", 2));
    assertThat(right.custody().fingerprint()).isEqualTo("right");
    assertThat(right.ending().refusal()).isEmpty();
  }

  @Test
  void aLoadedDeviceCannotBeDisowned() throws Exception {
    Job job = after(loading(), loaded(1, 2), held(HoldReason.ERROR_ROWS));
    assertRefused(job, new DeviceRefused("InvalidSignature", "disk"));
  }

  @Test
  void anInterruptedEraseGoesOnWithItsProofOnly() throws Exception {
    Job job =
        after(
            loading(),
            loaded(1, 0),
            erase(1, 1, 0),
            new EraseStarted("proof-1"),
            held(HoldReason.ERASE_FAILED));
    assertRefused(job, new EraseStarted("proof-2"));
    assertThat(after(job, new EraseStarted("proof-1")).state()).isEqualTo(JobState.ERASING);
    Job otherHold = after(loading(), loaded(1, 0), erase(1, 1, 0), held(HoldReason.NOT_CLEAN));
    assertRefused(otherHold, new EraseStarted("proof-1"));
  }

  @Test
  void theHoldLastsFromItsFirstReason() throws Exception {
    Job job = after(loading(), loaded(1, 1), held(HoldReason.ERROR_ROWS));
    Hold first = job.waiting().orElseThrow();
    Hold second = after(job, held(HoldReason.PROOF_FAILED)).waiting().orElseThrow();
    assertThat(second.reason()).isEqualTo(HoldReason.PROOF_FAILED);
    assertThat(second.since()).isEqualTo(first.since());
  }

  @Test
  void theSitesRuleErasesWhateverHeldTheDevice() throws Exception {
    Job unread =
        after(
            pending(),
            bound("disk"),
            new Admitted("station", 1),
            held(HoldReason.CANNOT_DECRYPT),
            new Waived(1, Waiver.SITE));
    assertThat(after(unread, erase(1, 1, 9)).state()).isEqualTo(JobState.AUTHORIZED);
  }

  @Test
  void aPlanThatWasAcceptedIsLoaded() throws Exception {
    Job job = after(loading(), held(HoldReason.IMPLAUSIBLE_PLAN), new Waived(1, Waiver.CUSTOMER));
    assertThat(after(job, new LoadStarted(1, 1)).state()).isEqualTo(JobState.LOADING);
  }

  @Test
  void anExportEndsFilledAndReturned() throws Exception {
    Job job = after(filling(), filled(1, 2));
    assertThat(job.state()).isEqualTo(JobState.FILLED);
    assertThat(job.state().isOver()).isTrue();
    assertThat(job.loading().figures().errors()).isEqualTo(2);
    Job gone =
        after(job, new Detached(1), new Returned("UPS", Confidential.of("1Z")), new KeyDestroyed());
    assertThat(gone.state()).isEqualTo(JobState.FILLED);
    assertThat(gone.ending().isReturned()).isTrue();
  }

  @Test
  void whatIsFilledIsOfTheRevisionThatWasBegun() throws Exception {
    assertRefused(filling(), filled(2, 0));
    Job pending =
        after(
            pending(JobType.EXPORT),
            new ManifestReplaced(2, JobType.EXPORT, Confidential.of("new")),
            bound("disk"),
            new Admitted("station", 1));
    assertRefused(pending, new LoadStarted(1, 1));
    assertThat(after(pending, new LoadStarted(2, 1), filled(2, 0)).state())
        .isEqualTo(JobState.FILLED);
  }

  @Test
  void anExportIsNotLoadedAndAnImportIsNotFilled() throws Exception {
    assertRefused(filling(), loaded(1, 0));
    assertRefused(loading(), filled(1, 0));
    assertRefused(after(filling(), new CancelRequested()), loaded(1, 0));
    assertRefused(after(loading(), new CancelRequested()), filled(1, 0));
  }

  @Test
  void theDeviceOfAnExportIsNeverErased() throws Exception {
    for (Job job :
        List.of(
            filling(),
            after(filling(), held(HoldReason.STORE_REFUSES)),
            after(filling(), filled(1, 0)))) {
      assertThat(EraseRule.refusal(job, erase(1, 1, 0)))
          .map(EraseRule.Refusal::message)
          .contains("The job is an export, whose device is never erased.");
      assertRefused(job, erase(1, 1, 0));
      assertRefused(job, new EraseStarted(""));
      assertRefused(job, new EraseBarred());
    }
  }

  @Test
  void whatTheSiteAcceptsForErasingDoesNotConcernAnExport() throws Exception {
    assertRefused(after(filling(), held(HoldReason.STORE_REFUSES)), new Waived(1, Waiver.SITE));
    assertRefused(after(filling(), held(HoldReason.LOCKED)), new Waived(1, Waiver.SITE));
  }

  @Test
  void aLockedDeviceIsFilledOnceTheOperatorHasOpenedIt() throws Exception {
    Job locked =
        after(
            pending(JobType.EXPORT),
            bound("disk"),
            new Admitted("station", 1),
            held(HoldReason.LOCKED));
    assertRefused(locked, new Waived(1, Waiver.CUSTOMER));
    assertRefused(locked, new Waived(2, Waiver.OPERATOR));
    Job open = after(locked, new Waived(1, Waiver.OPERATOR));
    assertThat(open.state()).isEqualTo(JobState.BOUND);
    assertThat(open.loading().waived()).containsExactly(HoldReason.LOCKED);
    assertThat(open.loading().news()).isTrue();
    assertThat(after(open, new LoadStarted(1, 1), filled(1, 0)).state()).isEqualTo(JobState.FILLED);
  }

  @Test
  void anotherManifestMayHaveAnotherPinAndTheLockIsAskedForAgain() throws Exception {
    Job locked =
        after(
            filling(),
            held(HoldReason.LOCKED),
            new ManifestReplaced(2, JobType.EXPORT, Confidential.of("new")));
    Job open = after(locked, new Waived(2, Waiver.OPERATOR));
    assertThat(open.state()).isEqualTo(JobState.BOUND);
    Job again =
        after(
            open,
            new LoadStarted(2, 1),
            held(HoldReason.STORE_REFUSES),
            new ManifestReplaced(3, JobType.EXPORT, Confidential.of("newer")));
    assertThat(again.loading().waived()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void whatTheOperatorHasDealtWithIsTriedAgainAndNothingElse(HoldReason reason) throws Exception {
    Set<HoldReason> dealtWith =
        Set.of(
            HoldReason.LOCKED,
            HoldReason.CANNOT_FILL,
            HoldReason.STORE_REFUSES,
            HoldReason.PROOF_FAILED,
            HoldReason.UNREADABLE_FILE_SYSTEM);
    JobEvent again = new Waived(1, Waiver.OPERATOR);
    Job job = after(filling(), held(reason));
    if (dealtWith.contains(reason)) {
      Job open = after(job, again);
      assertThat(open.state()).isEqualTo(JobState.BOUND);
      assertThat(after(open, new LoadStarted(1, 1), filled(1, 0)).state())
          .isEqualTo(JobState.FILLED);
    } else {
      assertRefused(job, again);
    }
    assertRefused(after(loading(), held(reason)), again);
    assertRefused(after(filling(), new CancelRequested(), held(reason)), again);
  }

  @Test
  void aCancelledExportIsHeldThoughTheStationWasFaster() throws Exception {
    Job job = after(filling(), new CancelRequested(), filled(1, 0));
    assertThat(job.state()).isEqualTo(JobState.HELD);
    assertThat(job.lastReason()).contains(HoldReason.CANCELED);
    assertRefused(job, new LoadStarted(1, 1));
    assertThat(after(job, RELEASED).state()).isEqualTo(JobState.RELEASED);
  }

  @Test
  void aDeviceThatIsBeingFilledCannotBeDisowned() throws Exception {
    JobEvent refused = new DeviceRefused("MissingSignature", "disk");
    assertRefused(filling(), refused);
    assertRefused(after(filling(), held(HoldReason.STORE_REFUSES)), refused);
    Job bound = after(pending(JobType.EXPORT), bound("disk"), new Admitted("station", 1));
    assertThat(after(bound, refused).state()).isEqualTo(JobState.PENDING);
  }

  @Test
  void aFilledDeviceIsOutOfEverybodysReach() throws Exception {
    Job job = after(filling(), filled(1, 0));
    for (JobEvent event :
        List.of(
            new CancelRequested(),
            new ManifestReplaced(2, JobType.EXPORT, Confidential.of("new")),
            new LoadStarted(1, 1),
            held(HoldReason.STORE_REFUSES),
            new Waived(1, Waiver.CUSTOMER),
            new JobEvent.DeviceFailed(Confidential.of("")),
            RELEASED)) {
      assertThatThrownBy(() -> after(job, event))
          .hasMessageContaining("its device is filled and ready to go back");
    }
  }

  @Test
  void theKeyIsKeptAsLongAsTheDeviceIsHere() throws Exception {
    Job job = after(loading(), RELEASED);
    assertRefused(job, new KeyDestroyed());
    Job gone = after(job, new Returned("UPS", Confidential.of("1Z")), new KeyDestroyed());
    assertThat(gone.ending().keyDestroyed()).isTrue();
    assertRefused(gone, new Returned("UPS", Confidential.of("1Z")));
  }

  private static void assertRefused(Job job, JobEvent event) {
    assertThatThrownBy(() -> after(job, event))
        .isInstanceOf(LifecycleException.class)
        .hasMessageContaining(job.id() + " is " + job.state());
  }
}
