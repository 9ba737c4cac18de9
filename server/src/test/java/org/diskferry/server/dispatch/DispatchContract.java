package org.diskferry.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.spec.SecretKeySpec;
import org.diskferry.job.Account;
import org.diskferry.job.Confidential;
import org.diskferry.job.CreatedJob;
import org.diskferry.job.Job;
import org.diskferry.job.JobEvent;
import org.diskferry.job.JobId;
import org.diskferry.job.JobState;
import org.diskferry.job.JobStatus;
import org.diskferry.job.JobStore;
import org.diskferry.job.JobType;
import org.diskferry.job.LifecycleException;
import org.diskferry.job.NewJob;
import org.diskferry.job.SignatureFile;
import org.diskferry.job.dispatch.Admission;
import org.diskferry.job.dispatch.Admission.Admitted;
import org.diskferry.job.dispatch.Admission.Refused;
import org.diskferry.job.dispatch.Claim;
import org.diskferry.job.dispatch.DeviceIdentity;
import org.diskferry.job.dispatch.Dispatch;
import org.diskferry.job.dispatch.EraseDecision;
import org.diskferry.job.dispatch.EraseDecision.EraseAuthorized;
import org.diskferry.job.dispatch.EraseDecision.NotAuthorized;
import org.diskferry.job.dispatch.EraseProof;
import org.diskferry.job.dispatch.HoldReason;
import org.diskferry.job.dispatch.Instruction;
import org.diskferry.job.dispatch.Lease;
import org.diskferry.job.dispatch.LoadSummary;
import org.diskferry.job.dispatch.Progress;
import org.diskferry.job.dispatch.Progress.Phase;
import org.diskferry.job.dispatch.StationReport;
import org.diskferry.job.dispatch.WorkOrder;
import org.diskferry.job.manifest.Regions;
import org.diskferry.job.naming.LogLocation;
import org.diskferry.job.testing.SettableClock;
import org.diskferry.server.dispatch.SitePolicy.AfterHold;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a station may rely on, whatever the jobs are kept in.
abstract class DispatchContract {
  /// So many that no test meets the limit.
  protected static final int QUOTA = 1_000_000;

  private static final String STATION = "station-1";
  private static final long SIZE = 1 << 20;
  private static final long LARGEST = 1L << 30;
  private static final SitePolicy POLICY =
      new SitePolicy(LARGEST, Duration.ofDays(30), Duration.ofDays(7), AfterHold.RETURN);
  private static final Progress PROGRESS = new Progress(Phase.LOAD, 1, 2, 3, 4);
  private static final Account ACCOUNT = new Account("123456789012");

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T10:00:00Z"));
  private final LiveProgress progress = new LiveProgress();
  private JobStore jobs;
  private Dispatch dispatch;
  private DockDesk desk;
  private JobId id;
  private SignatureFile signature;
  private DeviceIdentity device;

  protected abstract JobStore store(SettableClock clock) throws Exception;

  @BeforeEach
  void aJob() throws Exception {
    jobs = store(clock);
    dispatch = dispatch(POLICY);
    desk = new DockDesk(jobs, progress);
    CreatedJob created = jobs.create(asked(manifest("photos")));
    id = created.job().id();
    signature = created.signature();
    device = new DeviceIdentity("disk of " + id, "a disk", SIZE);
  }

  // --- whose device is it

  @Test
  void aDeviceWithTheJobsSignatureGetsItsOrder() throws Exception {
    Admitted admitted = admit();
    assertThat(admitted.lease()).isEqualTo(new Lease(id, STATION, 1));
    WorkOrder.Load order = (WorkOrder.Load) admitted.order();
    assertThat(order.manifest().bucket()).isEqualTo("photos");
    assertThat(order.revision()).isEqualTo(1);
    assertThat(order.logKey()).isEqualTo("import-log-" + id);
    assertThat(order.rowsWaived()).isFalse();
    assertThat(job().custody().fingerprint()).isEqualTo(device.fingerprint());
    assertThat(status().location().word()).isEqualTo("AtAWS");
  }

  @Test
  void theSameDeviceAgainGetsANewLeaseThatEndsTheOld() throws Exception {
    Lease old = admit().lease();
    Lease fresh = admit().lease();
    assertThat(fresh.token()).isGreaterThan(old.token());
    assertThat(dispatch.beat(old, PROGRESS)).isEqualTo(new Instruction.Lost());
    assertThat(dispatch.beat(fresh, PROGRESS)).isEqualTo(new Instruction.Continue());
    assertThat(history()).filteredOn(JobEvent.DeviceBound.class::isInstance).hasSize(1);
  }

  @Test
  void aSignatureIsTheJobsOnlyForTheLeaseThatHoldsIt() throws Exception {
    SignatureFile foreign = jobs.create(asked(manifest("photos"))).signature();
    Lease old = admit().lease();
    assertThat(dispatch.isSigned(old, signature)).isTrue();
    assertThat(dispatch.isSigned(old, foreign)).isFalse();
    assertThat(dispatch.isSigned(old, new SignatureFile(id, foreign.signature()))).isFalse();
    Lease fresh = admit().lease();
    assertThat(dispatch.isSigned(fresh, signature)).isTrue();
    assertThat(dispatch.isSigned(old, signature)).isFalse();
  }

  @Test
  void aSecondDeviceIsRefused() throws Exception {
    admit();
    DeviceIdentity other = new DeviceIdentity("copy of " + id, "a copy", SIZE);
    assertRefused(dispatch.admit(STATION, other, claim()), "SecondDevice");
    assertRefused(
        dispatch.admit(STATION, new DeviceIdentity(device.fingerprint(), "", 2 * SIZE), claim()),
        "SecondDevice");
    assertThat(job().custody().fingerprint()).isEqualTo(device.fingerprint());
  }

  @Test
  void ofTwoDevicesThatComeAtOnceOneIsTheJobs() throws Exception {
    List<Callable<Admission>> both = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      DeviceIdentity each = new DeviceIdentity("twin " + i + " of " + id, "", SIZE);
      both.add(() -> dispatch.admit(STATION, each, claim()));
    }
    List<String> outcomes = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Admission> future : threads.invokeAll(both)) {
        outcomes.add(future.get() instanceof Refused refused ? refused.code() : "Admitted");
      }
    }
    assertThat(outcomes).containsExactlyInAnyOrder("Admitted", "SecondDevice");
  }

  @Test
  void aDeviceOfAnotherOpenJobIsRefused() throws Exception {
    admit();
    CreatedJob other = jobs.create(asked(manifest("photos")));
    Claim claim = new Claim.Signed(other.job().id(), other.signature().signature());
    assertRefused(dispatch.admit(STATION, device, claim), "DeviceTaken");
  }

  @Test
  void aForgedSignatureIsRefusedAndTheCustomerSeesIt() throws Exception {
    SignatureFile foreign = jobs.create(asked(manifest("photos"))).signature();
    Claim forged = new Claim.Signed(id, foreign.signature());
    for (int i = 0; i < 3; i++) {
      assertRefused(dispatch.admit(STATION, device, forged), "InvalidSignature");
    }
    assertThat(status().progress().word()).isEqualTo("InvalidSignature");
    assertThat(history()).hasSize(2);
    admit();
    assertThat(status().progress().word()).isEqualTo("InProgress");
  }

  @Test
  void aForgedSignatureDoesNothingToAJobThatHasItsDevice() throws Exception {
    Lease lease = admit().lease();
    Claim forged = new Claim.Signed(id, "AAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    DeviceIdentity other = new DeviceIdentity("foreign to " + id, "", SIZE);
    assertRefused(dispatch.admit(STATION, other, forged), "InvalidSignature");
    assertThat(dispatch.beat(lease, PROGRESS)).isEqualTo(new Instruction.Continue());
    assertThat(status().progress().word()).isEqualTo("InProgress");
  }

  @Test
  void aDeviceThatWasBroughtForAJobAndIsNotSignedIsToldToTheJob() throws Exception {
    Claim claim = new Claim.Unsigned(id, "MissingSignature", "there is no SIGNATURE");
    assertRefused(dispatch.admit(STATION, device, claim), "MissingSignature");
    assertThat(status().progress().word()).isEqualTo("MissingSignature");
    assertThat(status().location().word()).isEqualTo("AtAWS");
  }

  @Test
  void anEncryptedDeviceWhoseSignatureTurnsOutWrongIsNotTheJobsAnyMore() throws Exception {
    assertThat(dispatch.admit(STATION, device, new Claim.Bound(id))).isInstanceOf(Admitted.class);
    Claim inside = new Claim.Signed(id, "AAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    assertRefused(dispatch.admit(STATION, device, inside), "InvalidSignature");
    assertThat(job().custody().isBound()).isFalse();
    DeviceIdentity right = new DeviceIdentity("right for " + id, "", SIZE);
    assertThat(dispatch.admit(STATION, right, claim())).isInstanceOf(Admitted.class);
  }

  @Test
  void aDeviceWithoutAClaimIsRefusedWithItsReason() throws Exception {
    Claim none = new Claim.None("MissingSignature", "rename signature to SIGNATURE");
    assertThat(dispatch.admit(STATION, device, none))
        .isEqualTo(new Refused("MissingSignature", "rename signature to SIGNATURE"));
  }

  @Test
  void anUnknownJobIsRefused() throws Exception {
    JobId unknown = new JobId("ZZZZZ");
    assertRefused(
        dispatch.admit(STATION, device, new Claim.Signed(unknown, signature.signature())),
        "UnknownJob");
    assertRefused(dispatch.admit(STATION, device, new Claim.Bound(unknown)), "UnknownJob");
  }

  @Test
  void aClosedJobIsRefused() throws Exception {
    jobs.append(id, new JobEvent.CancelRequested());
    assertRefused(dispatch.admit(STATION, device, claim()), "JobClosed");
  }

  @Test
  void aDeviceThatIsTooLargeIsRefusedAndTheCustomerSeesIt() throws Exception {
    DeviceIdentity large = new DeviceIdentity("large for " + id, "", LARGEST + 1);
    assertRefused(dispatch.admit(STATION, large, claim()), "UnsupportedDeviceType");
    assertThat(status().progress().word()).isEqualTo("UnsupportedDeviceType");
  }

  @Test
  void whatThisReleaseCannotCarryOutIsKept() throws Exception {
    jobs.append(
        id,
        new JobEvent.ManifestReplaced(2, JobType.IMPORT, Confidential.of("no manifest at all")));
    assertThat(admit().order()).isInstanceOf(WorkOrder.Keep.class);
  }

  // --- loading

  @Test
  void aLoadWithoutErrorsIsErasedAndTold() throws Exception {
    Lease lease = loaded(0);
    assertThat(status().progress().word()).isEqualTo("Complete");
    assertThat(JobStatus.log(job())).isEqualTo(new LogLocation("photos", "import-log-" + id));
    EraseAuthorized yes = (EraseAuthorized) dispatch.authorizeErase(lease, proof(1, 0, 0));
    dispatch.report(lease, new StationReport.EraseStarted(yes.proof()));
    dispatch.report(lease, new StationReport.Erased(yes.proof(), SIZE, true));
    dispatch.detach(lease);
    assertThat(job().state()).isEqualTo(JobState.ERASED);
    desk.returned(id, new Shipment("UPS", "1Z999"));
    assertThat(status().location().word()).isEqualTo("Returned");
    assertThat(status().progress().word()).isEqualTo("Complete");
  }

  @Test
  void whatIsToldTwiceHappensOnce() throws Exception {
    Lease lease = admit().lease();
    List<StationReport> reports =
        List.of(
            new StationReport.LoadStarted(1),
            new StationReport.Loaded(1, summary(2)),
            new StationReport.Held(HoldReason.NOT_CLEAN, "it slept"));
    for (StationReport report : reports) {
      dispatch.report(lease, report);
      int events = history().size();
      dispatch.report(lease, report);
      assertThat(history()).hasSize(events);
    }
    Lease other = finished();
    int events = history().size();
    dispatch.detach(other);
    dispatch.detach(other);
    assertThat(history()).hasSize(events + 1);
  }

  @Test
  void anEraseThatIsAskedForTwiceHasOneProof() throws Exception {
    Lease lease = loaded(0);
    EraseDecision first = dispatch.authorizeErase(lease, proof(1, 0, 0));
    assertThat(dispatch.authorizeErase(lease, proof(1, 0, 0))).isEqualTo(first);
    assertThat(history()).filteredOn(JobEvent.EraseAuthorized.class::isInstance).hasSize(1);
  }

  @Test
  void errorRowsHoldTheDeviceUntilTheyAreWaived() throws Exception {
    Lease lease = loaded(3);
    assertHeld(HoldReason.ERROR_ROWS);
    assertThat(status().progress().word()).isEqualTo("SuccessWithErrors");
    assertNotAuthorized(lease, proof(1, 3, 0), HoldReason.ERROR_ROWS);
    desk.waive(id);
    WorkOrder.Load order = (WorkOrder.Load) follow(lease);
    assertThat(order.rowsWaived()).isTrue();
    dispatch.report(lease, new StationReport.LoadStarted(1));
    dispatch.report(lease, new StationReport.Loaded(1, summary(3)));
    assertThat(job().state()).isEqualTo(JobState.LOADED);
    assertThat(dispatch.authorizeErase(lease, proof(1, 3, 0))).isInstanceOf(EraseAuthorized.class);
  }

  @Test
  void aMendedManifestIsFollowedAndTheOldProofIsWorthNothing() throws Exception {
    Lease lease = loaded(3);
    jobs.append(
        id, new JobEvent.ManifestReplaced(2, JobType.IMPORT, Confidential.of(manifest("other"))));
    WorkOrder.Load order = (WorkOrder.Load) follow(lease);
    assertThat(order.revision()).isEqualTo(2);
    assertThat(order.manifest().bucket()).isEqualTo("other");
    assertThat(dispatch.beat(lease, PROGRESS)).isEqualTo(new Instruction.Continue());
    dispatch.report(lease, new StationReport.LoadStarted(2));
    assertThat(status().progress().word()).isEqualTo("InProgress");
    dispatch.report(lease, new StationReport.Loaded(2, summary(0)));
    assertNotAuthorized(lease, proof(1, 0, 0), HoldReason.PROOF_FAILED);
  }

  @Test
  void newsThatNobodyActsOnAreToldAgain() throws Exception {
    Lease lease = loaded(3);
    desk.waive(id);
    follow(lease);
    assertThat(dispatch.beat(lease, PROGRESS)).isEqualTo(new Instruction.Continue());
    clock.advance(Duration.ofSeconds(11));
    follow(lease);
    Lease next = admit().lease();
    follow(next);
  }

  @Test
  void aStationThatRestartsGoesOnWhereTheJobStands() throws Exception {
    loaded(3);
    assertThat(admit().order()).isInstanceOf(WorkOrder.Keep.class);
    desk.waive(id);
    assertThat(((WorkOrder.Load) admit().order()).rowsWaived()).isTrue();
    desk.release(id);
    Admitted admitted = admit();
    assertThat(admitted.order()).isInstanceOf(WorkOrder.Keep.class);
    assertThat(dispatch.beat(admitted.lease(), PROGRESS)).isEqualTo(new Instruction.Release());
  }

  @Test
  void whatCannotBeReadSaysSoAndIsLoadedWithTheRightPassword() throws Exception {
    Lease lease = admit().lease();
    dispatch.report(lease, new StationReport.LoadStarted(1));
    dispatch.report(
        lease, new StationReport.Held(HoldReason.CANNOT_DECRYPT, "The password does not open it."));
    assertThat(status().progress().word()).isEqualTo("InProgress");
    assertThat(status().progressMessage()).isEqualTo("The password does not open it.");
    jobs.append(
        id, new JobEvent.ManifestReplaced(2, JobType.IMPORT, Confidential.of(manifest("photos"))));
    assertThat(follow(lease).revision()).isEqualTo(2);
  }

  @Test
  void theCustomersCancellationReachesTheStationAndHoldsTheDevice() throws Exception {
    Lease lease = admit().lease();
    dispatch.report(lease, new StationReport.LoadStarted(1));
    jobs.append(id, new JobEvent.CancelRequested());
    assertThat(status().progress().word()).isEqualTo("Canceled");
    assertThat(dispatch.beat(lease, PROGRESS)).isEqualTo(new Instruction.Cancel());
    StationReport canceled = new StationReport.Canceled(summary(0));
    dispatch.report(lease, canceled);
    dispatch.report(lease, canceled);
    assertHeld(HoldReason.CANCELED);
    assertThat(history()).filteredOn(JobEvent.Canceled.class::isInstance).hasSize(1);
    assertThat(dispatch.beat(lease, PROGRESS)).isEqualTo(new Instruction.Continue());
    assertNotAuthorized(lease, proof(1, 0, 0), HoldReason.CANCELED);
    assertThat(admit().order()).isInstanceOf(WorkOrder.Keep.class);
  }

  @Test
  void aDeadDeviceEndsTheJob() throws Exception {
    Lease lease = admit().lease();
    dispatch.report(lease, new StationReport.DeviceFailed("It does not answer."));
    assertThat(status().progress().word()).isEqualTo("DeviceError");
  }

  @Test
  void beatsAreNoEvents() throws Exception {
    Lease lease = admit().lease();
    int events = history().size();
    dispatch.beat(lease, PROGRESS);
    dispatch.beat(lease, PROGRESS);
    assertThat(history()).hasSize(events);
    assertThat(progress.of(id).orElseThrow().progress()).isEqualTo(PROGRESS);
    assertThat(desk.list()).anyMatch(e -> e.job().id().equals(id) && e.progress() != null);
    dispatch.detach(lease);
    assertThat(progress.of(id)).isEmpty();
  }

  // --- an old lease

  @Test
  void anOldLeaseChangesNothing() throws Exception {
    Lease old = loaded(0);
    Lease fresh = admit().lease();
    List<JobEvent> before = history();
    assertThat(dispatch.beat(old, PROGRESS)).isEqualTo(new Instruction.Lost());
    assertThat(dispatch.authorizeErase(old, proof(1, 0, 0))).isInstanceOf(NotAuthorized.class);
    assertThatThrownBy(() -> dispatch.report(old, new StationReport.LoadStarted(1)))
        .isInstanceOf(IllegalStateException.class);
    dispatch.detach(old);
    assertThat(history()).isEqualTo(before);
    assertThat(dispatch.authorizeErase(fresh, proof(1, 0, 0))).isInstanceOf(EraseAuthorized.class);
  }

  @Test
  void aLeaseEndsWhenTheDeviceLeaves() throws Exception {
    Lease lease = loaded(0);
    dispatch.detach(lease);
    assertThat(dispatch.beat(lease, PROGRESS)).isEqualTo(new Instruction.Lost());
    assertThat(dispatch.authorizeErase(lease, proof(1, 0, 0))).isInstanceOf(NotAuthorized.class);
    assertThat(job().state()).isEqualTo(JobState.LOADED);
  }

  @Test
  void aLeaseOfAnotherStationIsNotGood() throws Exception {
    Lease lease = loaded(0);
    Lease guessed = new Lease(id, "station-2", lease.token());
    assertThat(dispatch.beat(guessed, PROGRESS)).isEqualTo(new Instruction.Lost());
    assertThat(dispatch.authorizeErase(guessed, proof(1, 0, 0))).isInstanceOf(NotAuthorized.class);
  }

  // --- erasing

  @Test
  void nothingIsErasedBeforeItIsLoaded() throws Exception {
    Lease lease = admit().lease();
    dispatch.report(lease, new StationReport.LoadStarted(1));
    assertThat(dispatch.authorizeErase(lease, proof(1, 0, 0))).isInstanceOf(NotAuthorized.class);
    assertThat(history()).noneMatch(JobEvent.EraseAuthorized.class::isInstance);
  }

  @Test
  void aDeviceThatIsNotTheJobsIsNotErased() throws Exception {
    Lease lease = loaded(0);
    EraseProof other =
        new EraseProof(
            1, new DeviceIdentity("swapped", "", SIZE), 7, 700, 0, 0, "d1", clock.instant());
    assertNotAuthorized(lease, other, HoldReason.PROOF_FAILED);
    assertHeld(HoldReason.PROOF_FAILED);
  }

  @Test
  void spaceThatNothingExplainsIsHeld() throws Exception {
    Lease lease = loaded(0);
    assertNotAuthorized(lease, proof(1, 0, 4096), HoldReason.UNEXPLAINED_SPACE);
    assertHeld(HoldReason.UNEXPLAINED_SPACE);
    desk.waive(id);
    assertThat(dispatch.authorizeErase(lease, proof(1, 0, 4096)))
        .isInstanceOf(EraseAuthorized.class);
  }

  @Test
  void whatTheOperatorKeepsIsLoadedAndNotErased() throws Exception {
    Lease lease = admit().lease();
    dispatch.report(lease, new StationReport.LoadStarted(1));
    desk.hold(id);
    desk.hold(id);
    assertThat(dispatch.beat(lease, PROGRESS)).isEqualTo(new Instruction.Continue());
    dispatch.report(lease, new StationReport.Loaded(1, summary(0)));
    assertNotAuthorized(lease, proof(1, 0, 0), HoldReason.OPERATOR);
    assertHeld(HoldReason.OPERATOR);
    desk.waive(id);
    assertThat(dispatch.authorizeErase(lease, proof(1, 0, 0))).isInstanceOf(EraseAuthorized.class);
  }

  @Test
  void anInterruptedEraseIsFinishedInAnyBay() throws Exception {
    Lease lease = loaded(0);
    EraseAuthorized yes = (EraseAuthorized) dispatch.authorizeErase(lease, proof(1, 0, 0));
    dispatch.report(lease, new StationReport.EraseStarted(yes.proof()));
    Claim tombstone = new Claim.Entombed(id, yes.proof(), yes.mac());
    Admitted again = (Admitted) dispatch.admit("station-2", device, tombstone);
    assertThat(again.order()).isEqualTo(new WorkOrder.FinishErase(id, 1, yes.proof(), yes.mac()));
    dispatch.report(again.lease(), new StationReport.EraseStarted(yes.proof()));
    dispatch.report(again.lease(), new StationReport.Erased(yes.proof(), SIZE, true));
    assertThat(job().state()).isEqualTo(JobState.ERASED);
  }

  @Test
  void aDeviceThatCouldNotBeOverwrittenMayBeTriedAgain() throws Exception {
    Lease lease = loaded(0);
    EraseAuthorized yes = (EraseAuthorized) dispatch.authorizeErase(lease, proof(1, 0, 0));
    dispatch.report(lease, new StationReport.EraseStarted(yes.proof()));
    dispatch.report(lease, new StationReport.Held(HoldReason.ERASE_FAILED, "sector 9: no"));
    assertThat(status().progress().word()).isEqualTo("Complete");
    Claim tombstone = new Claim.Entombed(id, yes.proof(), yes.mac());
    Admitted again = (Admitted) dispatch.admit(STATION, device, tombstone);
    assertThat(again.order()).isInstanceOf(WorkOrder.FinishErase.class);
  }

  @Test
  void aTombstoneThatWeDidNotMakeErasesNothing() throws Exception {
    Lease lease = loaded(0);
    EraseAuthorized yes = (EraseAuthorized) dispatch.authorizeErase(lease, proof(1, 0, 0));
    assertRefused(
        dispatch.admit(STATION, device, new Claim.Entombed(id, yes.proof(), "00")),
        "InvalidSignature");
    assertRefused(
        dispatch.admit(STATION, device, new Claim.Entombed(id, "other", yes.mac())),
        "InvalidSignature");
    DeviceIdentity copy = new DeviceIdentity("copy of " + id, "", SIZE);
    assertRefused(
        dispatch.admit(STATION, copy, new Claim.Entombed(id, yes.proof(), yes.mac())),
        "SecondDevice");
  }

  @Test
  void aTombstoneOfADeviceThatWasLetGoErasesNothing() throws Exception {
    Lease lease = loaded(0);
    EraseAuthorized yes = (EraseAuthorized) dispatch.authorizeErase(lease, proof(1, 0, 0));
    dispatch.report(lease, new StationReport.EraseStarted(yes.proof()));
    dispatch.report(lease, new StationReport.Held(HoldReason.ERASE_FAILED, "sector 9: no"));
    desk.release(id);
    Claim tombstone = new Claim.Entombed(id, yes.proof(), yes.mac());
    Admitted again = (Admitted) dispatch.admit(STATION, device, tombstone);
    assertThat(again.order()).isInstanceOf(WorkOrder.Keep.class);
  }

  @Test
  void aBlankDeviceIsFinishedOnlyWhereItsEraseHadBegun() throws Exception {
    Claim blank = new Claim.None("Blank", "nothing but zeros");
    Lease lease = loaded(0);
    EraseAuthorized yes = (EraseAuthorized) dispatch.authorizeErase(lease, proof(1, 0, 0));
    assertRefused(dispatch.admit(STATION, device, blank), "Blank");
    dispatch.report(lease, new StationReport.EraseStarted(yes.proof()));
    DeviceIdentity larger = new DeviceIdentity(device.fingerprint(), "", 2 * SIZE);
    assertRefused(dispatch.admit(STATION, larger, blank), "Blank");
    Admitted again = (Admitted) dispatch.admit(STATION, device, blank);
    assertThat(again.order()).isInstanceOf(WorkOrder.FinishErase.class);
  }

  @Test
  void aStationThatWasKilledAfterTheAuthorizationProvesAgain() throws Exception {
    EraseDecision first = dispatch.authorizeErase(loaded(0), proof(1, 0, 0));
    Admitted again = admit();
    assertThat(again.order()).isInstanceOf(WorkOrder.Load.class);
    dispatch.report(again.lease(), new StationReport.LoadStarted(1));
    dispatch.report(again.lease(), new StationReport.Loaded(1, summary(0)));
    EraseDecision second = dispatch.authorizeErase(again.lease(), proof(1, 0, 0));
    assertThat(second).isInstanceOf(EraseAuthorized.class).isNotEqualTo(first);
  }

  // --- the operator, and time

  @Test
  void aReleasedDeviceGoesBackAndLateReportsDoNoHarm() throws Exception {
    Lease lease = admit().lease();
    dispatch.report(lease, new StationReport.LoadStarted(1));
    desk.release(id);
    dispatch.report(lease, new StationReport.Loaded(1, summary(0)));
    dispatch.report(lease, new StationReport.Held(HoldReason.NOT_CLEAN, "late"));
    assertThat(dispatch.authorizeErase(lease, proof(1, 0, 0))).isInstanceOf(NotAuthorized.class);
    assertThat(dispatch.beat(lease, PROGRESS)).isEqualTo(new Instruction.Release());
    assertThat(job().state()).isEqualTo(JobState.RELEASED);
  }

  @Test
  void whatIsNotHeldCannotBeWaived() throws Exception {
    loaded(0);
    assertThatThrownBy(() -> desk.waive(id)).isInstanceOf(LifecycleException.class);
  }

  @Test
  void aJobExpiresThirtyDaysAfterItWasCreated() throws Exception {
    Deadlines deadlines = new Deadlines(jobs, POLICY, clock);
    clock.advance(Duration.ofDays(30));
    deadlines.pass();
    assertThat(job().state()).isEqualTo(JobState.PENDING);
    clock.advance(Duration.ofSeconds(1));
    deadlines.pass();
    deadlines.pass();
    assertThat(job().state()).isEqualTo(JobState.EXPIRED);
    assertThat(history()).hasSize(2);
    assertRefused(dispatch.admit(STATION, device, claim()), "JobClosed");
  }

  @Test
  void aHoldThatRunsOutSendsTheDeviceBackUnerased() throws Exception {
    Lease lease = loaded(2);
    clock.advance(Duration.ofDays(7).plusSeconds(1));
    new Deadlines(jobs, POLICY, clock).pass();
    assertThat(job().state()).isEqualTo(JobState.RELEASED);
    assertThat(status().progress().word()).isEqualTo("SuccessWithErrors");
    assertThat(dispatch.beat(lease, PROGRESS)).isEqualTo(new Instruction.Release());
    assertThat(dispatch.authorizeErase(lease, proof(1, 2, 0))).isInstanceOf(NotAuthorized.class);
  }

  @Test
  void aSiteThatErasesAfterTheHoldTellsItsStationSo() throws Exception {
    SitePolicy erasing =
        new SitePolicy(LARGEST, Duration.ofDays(30), Duration.ofDays(7), AfterHold.ERASE);
    Deadlines deadlines = new Deadlines(jobs, erasing, clock);
    Lease lease = loaded(2);
    clock.advance(Duration.ofDays(7).plusSeconds(1));
    deadlines.pass();
    assertThat(((WorkOrder.Load) follow(lease)).rowsWaived()).isTrue();
    dispatch.report(lease, new StationReport.Held(HoldReason.PROOF_FAILED, "not there"));
    clock.advance(Duration.ofDays(7).plusSeconds(1));
    deadlines.pass();
    assertThat(job().state()).isEqualTo(JobState.RELEASED);
  }

  // --- helpers

  private Dispatch dispatch(SitePolicy policy) {
    byte[] key = new byte[32];
    return new JobDispatch(
        jobs, Regions.ofGuide(), new SecretKeySpec(key, "HmacSHA256"), policy, progress, clock);
  }

  private Admitted admit() throws Exception {
    return (Admitted) dispatch.admit(STATION, device, claim());
  }

  private Claim claim() {
    return new Claim.Signed(id, signature.signature());
  }

  private Lease loaded(long errors) throws Exception {
    Lease lease = admit().lease();
    dispatch.report(lease, new StationReport.LoadStarted(1));
    dispatch.report(lease, new StationReport.Loaded(1, summary(errors)));
    return lease;
  }

  private Lease finished() throws Exception {
    CreatedJob other = jobs.create(asked(manifest("photos")));
    id = other.job().id();
    signature = other.signature();
    device = new DeviceIdentity("disk of " + id, "a disk", SIZE);
    Lease lease = loaded(0);
    EraseAuthorized yes = (EraseAuthorized) dispatch.authorizeErase(lease, proof(1, 0, 0));
    for (int i = 0; i < 2; i++) {
      dispatch.report(lease, new StationReport.EraseStarted(yes.proof()));
    }
    for (int i = 0; i < 2; i++) {
      dispatch.report(lease, new StationReport.Erased(yes.proof(), SIZE, true));
    }
    assertThat(history()).filteredOn(JobEvent.EraseStarted.class::isInstance).hasSize(1);
    assertThat(history()).filteredOn(JobEvent.Erased.class::isInstance).hasSize(1);
    return lease;
  }

  private LoadSummary summary(long errors) {
    return new LoadSummary(7, 700, 1, errors, "import-log-" + id);
  }

  private EraseProof proof(int revision, long openRows, long unexplained) {
    return new EraseProof(revision, device, 7, 700, openRows, unexplained, "d1", clock.instant());
  }

  private WorkOrder follow(Lease lease) throws Exception {
    Instruction instruction = dispatch.beat(lease, PROGRESS);
    assertThat(instruction).isInstanceOf(Instruction.Follow.class);
    return ((Instruction.Follow) instruction).order();
  }

  private void assertHeld(HoldReason reason) throws Exception {
    assertThat(job().waiting().orElseThrow().reason()).isEqualTo(reason);
  }

  private void assertNotAuthorized(Lease lease, EraseProof proof, HoldReason reason)
      throws Exception {
    assertThat(dispatch.authorizeErase(lease, proof))
        .asInstanceOf(type(NotAuthorized.class))
        .extracting(NotAuthorized::reason)
        .isEqualTo(reason);
  }

  private static void assertRefused(Admission admission, String code) {
    assertThat(admission)
        .asInstanceOf(type(Refused.class))
        .extracting(Refused::code)
        .isEqualTo(code);
  }

  private Job job() throws Exception {
    return jobs.find(id).orElseThrow();
  }

  private JobStatus status() throws Exception {
    return JobStatus.of(job());
  }

  private List<JobEvent> history() throws Exception {
    return jobs.history(id).stream().<JobEvent>map(recorded -> recorded.event()).toList();
  }

  private static NewJob asked(String manifest) {
    return new NewJob(ACCOUNT, Confidential.of("jane"), JobType.IMPORT, Confidential.of(manifest));
  }

  private static String manifest(String bucket) {
    return """
    manifestVersion: 2.0
    deviceId: 123456
    eraseDevice: yes
    bucket: %s
    acl: private
    serviceLevel: standard
    notificationEmail: jane@example.com
    returnAddress:
      name: Jane Roe
      company: Example Corp.
      street1: 123 Any Street
      city: Anytown
      stateOrProvince: WA
      postalCode: 91011-1111
      phoneNumber: 206-555-1111
      country: USA
    """
        .formatted(bucket);
  }
}
