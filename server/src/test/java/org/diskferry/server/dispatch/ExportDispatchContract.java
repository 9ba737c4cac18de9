package org.diskferry.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.crypto.SecretKey;
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
import org.diskferry.job.LoadFigures;
import org.diskferry.job.NewJob;
import org.diskferry.job.NoSuchJobException;
import org.diskferry.job.Secret;
import org.diskferry.job.SignatureFile;
import org.diskferry.job.dispatch.Admission;
import org.diskferry.job.dispatch.Admission.Admitted;
import org.diskferry.job.dispatch.Admission.Refused;
import org.diskferry.job.dispatch.Claim;
import org.diskferry.job.dispatch.DeviceIdentity;
import org.diskferry.job.dispatch.Dispatch;
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
import org.diskferry.job.manifest.ContainerFormat;
import org.diskferry.job.manifest.DeviceFileSystem;
import org.diskferry.job.manifest.Regions;
import org.diskferry.job.naming.LogLocation;
import org.diskferry.job.testing.SettableClock;
import org.diskferry.server.dispatch.SitePolicy.AfterHold;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a station that fills devices may rely on, whatever the jobs are kept in.
abstract class ExportDispatchContract {
  /// So many that no test meets the limit.
  protected static final int QUOTA = 1_000_000;

  private static final String STATION = "station-1";
  private static final long SIZE = 1 << 20;
  private static final SitePolicy POLICY = policy(AfterHold.RETURN);
  private static final SecretKey KEY = new SecretKeySpec(new byte[32], "HmacSHA256");
  private static final Progress PROGRESS = new Progress(Phase.FILL, 1, 2, 3, 4);
  private static final Account ACCOUNT = new Account("123456789012");
  private static final String PASSWORD = "trueCryptPassword: only a test\n";
  private static final String PIN = "pinCode: 0123\n";

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T10:00:00Z"));
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
    dispatch = new JobDispatch(jobs, Regions.ofGuide(), KEY, POLICY, new LiveProgress(), clock);
    desk = new DockDesk(jobs, new LiveProgress());
    begin(JobType.EXPORT, export(PASSWORD));
  }

  // --- the order

  @Test
  void aSignedDeviceIsToBeFilled() throws Exception {
    WorkOrder.Fill order = fill(admit());
    assertThat(order.job()).isEqualTo(id);
    assertThat(order.revision()).isEqualTo(1);
    assertThat(order.manifest().fileSystem()).isEqualTo(DeviceFileSystem.NTFS);
    assertThat(order.manifest().containerFormat()).isEqualTo(ContainerFormat.TRUECRYPT);
    assertThat(order.manifest().operations()).extracting(o -> o.bucket()).containsExactly("photos");
    assertThat(order.logBucket()).isEqualTo("logs");
    assertThat(order.logKey()).isEqualTo("export-log-" + id);
    assertThat(order.locked()).isFalse();
    assertThat(order.mark()).matches("[0-9a-f]{64}");
  }

  @Test
  void aDeviceThatCannotBeReadIsBoundByTheOperatorAndFilled() throws Exception {
    Admitted admitted = (Admitted) dispatch.admit(STATION, device, new Claim.Bound(id));
    assertThat(admitted.order()).isInstanceOf(WorkOrder.Fill.class);
    assertThat(history())
        .contains(new JobEvent.DeviceBound(device.fingerprint(), SIZE, JobEvent.Binding.OPERATOR));
  }

  @Test
  void aMarkIsOfOneJobAndStaysTheSame() throws Exception {
    String mark = fill(admit()).mark();
    assertThat(fill(admit()).mark()).isEqualTo(mark);
    begin(JobType.EXPORT, export(PASSWORD));
    assertThat(fill(admit()).mark()).isNotEqualTo(mark);
  }

  @Test
  void anImportThatBecameAnExportIsFilled() throws Exception {
    begin(JobType.IMPORT, "no manifest that matters any more");
    jobs.append(
        id,
        new JobEvent.ManifestReplaced(
            2, JobType.EXPORT, Confidential.of(export(PASSWORD + "containerFormat: VeraCrypt\n"))));
    WorkOrder.Fill order = fill(admit());
    assertThat(order.revision()).isEqualTo(2);
    assertThat(order.manifest().containerFormat()).isEqualTo(ContainerFormat.VERACRYPT);
    Lease lease = filled(2, 0);
    assertThat(job().state()).isEqualTo(JobState.FILLED);
    assertThat(dispatch.beat(lease, PROGRESS)).isEqualTo(new Instruction.Continue());
  }

  // --- the whole way

  @Test
  void anExportIsFilledAndGoesBack() throws Exception {
    assertThat(job().state()).isEqualTo(JobState.PENDING);
    Lease lease = admit().lease();
    assertThat(job().state()).isEqualTo(JobState.BOUND);
    assertThat(status().location().word()).isEqualTo("AtAWS");
    dispatch.report(lease, new StationReport.LoadStarted(1));
    assertThat(status().progress().word()).isEqualTo("InProgress");
    dispatch.report(lease, new StationReport.Filled(1, summary(0)));
    assertThat(job().state()).isEqualTo(JobState.FILLED);
    assertThat(status().progress().word()).isEqualTo("Complete");
    assertThat(JobStatus.log(job())).isEqualTo(new LogLocation("logs", "export-log-" + id));
    assertThat(job().loading().figures()).isEqualTo(new LoadFigures(7, 700, 0, 0));
    assertThat(dispatch.beat(lease, PROGRESS)).isEqualTo(new Instruction.Continue());
    dispatch.detach(lease);
    desk.returned(id, new Shipment("UPS", "1Z999"));
    assertThat(status().location().word()).isEqualTo("Returned");
    assertThat(status().progress().word()).isEqualTo("Complete");
    assertThat(jobs.waitingToGoBack(device.fingerprint())).isEmpty();
  }

  @Test
  void errorRowsDoNotHoldWhatIsFilled() throws Exception {
    filled(1, 3);
    assertThat(job().state()).isEqualTo(JobState.FILLED);
    assertThat(status().progress().word()).isEqualTo("SuccessWithErrors");
    assertThat(status().errors()).isEqualTo(3);
  }

  @Test
  void whatIsToldTwiceHappensOnce() throws Exception {
    Lease lease = admit().lease();
    List<StationReport> reports =
        List.of(
            new StationReport.LoadStarted(1),
            new StationReport.Held(HoldReason.CANNOT_FILL, "1048576 bytes are too few."),
            new StationReport.LoadStarted(1),
            new StationReport.Filled(1, summary(2)));
    for (StationReport report : reports) {
      dispatch.report(lease, report);
      int events = history().size();
      dispatch.report(lease, report);
      assertThat(history()).hasSize(events);
    }
  }

  @Test
  void anExportIsNeverLoadedAndNeverErased() throws Exception {
    Lease lease = admit().lease();
    dispatch.report(lease, new StationReport.LoadStarted(1));
    assertThatThrownBy(() -> dispatch.report(lease, new StationReport.Loaded(1, summary(0))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("to be filled, not loaded");
    assertThat(dispatch.authorizeErase(lease, proof())).isInstanceOf(NotAuthorized.class);
    dispatch.report(lease, new StationReport.LoadStarted(1));
    dispatch.report(lease, new StationReport.Filled(1, summary(0)));
    assertThat(dispatch.authorizeErase(lease, proof())).isInstanceOf(NotAuthorized.class);
    assertThat(history()).noneMatch(JobEvent.EraseAuthorized.class::isInstance);
    assertThat(job().state()).isEqualTo(JobState.FILLED);
  }

  @Test
  void anImportIsNeverFilled() throws Exception {
    begin(JobType.IMPORT, "no manifest at all");
    Lease lease = admit().lease();
    dispatch.report(lease, new StationReport.LoadStarted(1));
    assertThatThrownBy(() -> dispatch.report(lease, new StationReport.Filled(1, summary(0))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("to be loaded, not filled");
  }

  // --- a station that was killed

  @Test
  void aMarkedDeviceIsKnownAgainAndFilledOn() throws Exception {
    Lease old = begun();
    Admitted again = (Admitted) dispatch.admit("station-2", device, mark());
    assertThat(again.lease().token()).isGreaterThan(old.token());
    assertThat(fill(again).revision()).isEqualTo(1);
    assertThat(dispatch.beat(old, PROGRESS)).isEqualTo(new Instruction.Lost());
    dispatch.report(again.lease(), new StationReport.LoadStarted(1));
    dispatch.report(again.lease(), new StationReport.Filled(1, summary(0)));
    assertThat(job().state()).isEqualTo(JobState.FILLED);
    assertThat(history()).filteredOn(JobEvent.DeviceBound.class::isInstance).hasSize(1);
  }

  @Test
  void aMarkThatWeDidNotMakeFillsNothing() throws Exception {
    String mark = fill(admit()).mark();
    begun();
    JobId other = jobs.create(asked(JobType.EXPORT, export(PASSWORD))).job().id();
    for (Claim.Begun claim :
        List.of(
            new Claim.Begun(id, "00"),
            new Claim.Begun(id, ""),
            new Claim.Begun(other, mark),
            new Claim.Begun(id, new TombstoneMac(KEY).of(id, "00ff")))) {
      assertRefused(dispatch.admit(STATION, device, claim), "InvalidSignature");
    }
  }

  @Test
  void aMarkIsNoTombstone() throws Exception {
    String mark = fill(admit()).mark();
    begun();
    Admitted again =
        (Admitted) dispatch.admit(STATION, device, new Claim.Entombed(id, "fill", mark));
    assertThat(again.order()).isInstanceOf(WorkOrder.Fill.class);
  }

  @Test
  void aMarkOnAnotherDeviceIsACopy() throws Exception {
    begun();
    Claim claim = mark();
    DeviceIdentity copy = new DeviceIdentity("copy of " + id, "", SIZE);
    DeviceIdentity larger = new DeviceIdentity(device.fingerprint(), "", 2 * SIZE);
    assertRefused(dispatch.admit(STATION, copy, claim), "SecondDevice");
    assertRefused(dispatch.admit(STATION, larger, claim), "SecondDevice");
  }

  @Test
  void aMarkOfAJobThatNeverWasIsRefused() throws Exception {
    JobId unknown = new JobId("ZZZZZ");
    Claim claim = new Claim.Begun(unknown, new TombstoneMac(KEY).ofFill(unknown));
    assertRefused(dispatch.admit(STATION, device, claim), "UnknownJob");
  }

  @Test
  void aMarkedDeviceThatWaitsIsKept() throws Exception {
    Lease lease = begun();
    dispatch.report(lease, new StationReport.Held(HoldReason.STORE_REFUSES, "photos is gone"));
    Admitted held = (Admitted) dispatch.admit(STATION, device, mark());
    assertThat(held.order()).isEqualTo(new WorkOrder.Keep(id, 1, "photos is gone"));
    replace(2, export(PASSWORD));
    assertThat(fill((Admitted) dispatch.admit(STATION, device, mark())).revision()).isEqualTo(2);
  }

  @Test
  void aMarkedDeviceThatIsFilledOrLetGoIsKept() throws Exception {
    Lease lease = begun();
    dispatch.report(lease, new StationReport.Filled(1, summary(0)));
    Admitted full = (Admitted) dispatch.admit(STATION, device, mark());
    assertThat(full.order())
        .isEqualTo(
            new WorkOrder.Keep(id, 1, "It holds what was exported and is ready to go back."));
    assertThat(dispatch.beat(full.lease(), PROGRESS)).isEqualTo(new Instruction.Release());
    begin(JobType.EXPORT, export(PASSWORD));
    begun();
    desk.release(id);
    Admitted released = (Admitted) dispatch.admit(STATION, device, mark());
    assertThat(released.order()).isInstanceOf(WorkOrder.Keep.class);
    assertThat(dispatch.beat(released.lease(), PROGRESS)).isEqualTo(new Instruction.Release());
    desk.returned(id, new Shipment("UPS", "1Z999"));
    assertRefused(dispatch.admit(STATION, device, mark()), "JobClosed");
  }

  @Test
  void aDeviceThatWasFormattedAndLostItsMarkGoesOnOnTheOperatorsWord() throws Exception {
    begun();
    Claim nothing = new Claim.None("MissingSignature", "there is no SIGNATURE");
    assertThat(dispatch.admit(STATION, device, nothing))
        .asInstanceOf(type(Refused.class))
        .returns("Unfinished", Refused::code)
        .extracting(Refused::reason)
        .asString()
        .contains("dock attach DEVICE --job " + id);
    Claim unsigned = new Claim.Unsigned(id, "MissingSignature", "there is no SIGNATURE");
    assertThat(fill((Admitted) dispatch.admit(STATION, device, unsigned)).revision()).isEqualTo(1);
    assertThat(job().state()).isEqualTo(JobState.LOADING);
    assertThat(history()).noneMatch(JobEvent.DeviceRefused.class::isInstance);
  }

  @Test
  void anotherDeviceWithoutASignatureIsNotFilledOnTheOperatorsWord() throws Exception {
    begun();
    DeviceIdentity other = new DeviceIdentity("other than " + id, "", SIZE);
    Claim unsigned = new Claim.Unsigned(id, "MissingSignature", "there is no SIGNATURE");
    assertRefused(dispatch.admit(STATION, other, unsigned), "MissingSignature");
    Claim nothing = new Claim.None("MissingSignature", "there is no SIGNATURE");
    assertRefused(dispatch.admit(STATION, other, nothing), "MissingSignature");
  }

  @Test
  void aDeviceWithAnotherJobsSignatureIsNotFilledOnTheOperatorsWord() throws Exception {
    Lease lease = begun();
    Claim unsigned = new Claim.Unsigned(id, "InvalidSignature", "SIGNATURE says job ZZZZZ");
    assertRefused(dispatch.admit(STATION, device, unsigned), "InvalidSignature");
    assertThat(dispatch.beat(lease, PROGRESS)).isEqualTo(new Instruction.Continue());
    assertThat(job().state()).isEqualTo(JobState.LOADING);
  }

  @Test
  void aForgedSignatureAmongTheObjectsDoesNotDisownTheDevice() throws Exception {
    Lease lease = begun();
    Claim forged = new Claim.Signed(id, "AAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    assertRefused(dispatch.admit(STATION, device, forged), "InvalidSignature");
    assertThat(dispatch.beat(lease, PROGRESS)).isEqualTo(new Instruction.Continue());
  }

  // --- a device that holds an export

  @Test
  void aFilledDeviceIsNeverTakenForANewOne() throws Exception {
    CreatedJob other = jobs.create(asked(JobType.IMPORT, "whatever"));
    filled(1, 0);
    List<Claim> claims =
        List.of(
            new Claim.None("MissingSignature", "there is no SIGNATURE"),
            new Claim.None("Blank", "nothing but zeros"),
            new Claim.Unsigned(id, "MissingSignature", "there is no SIGNATURE"),
            new Claim.Unsigned(other.job().id(), "MissingSignature", "there is no SIGNATURE"),
            new Claim.Bound(id),
            new Claim.Bound(other.job().id()),
            // The bucket had an object of this name, and it lies at the root now.
            new Claim.Signed(other.job().id(), other.signature().signature()),
            claim());
    for (Claim claim : claims) {
      assertThat(dispatch.admit(STATION, device, claim))
          .as(claim.toString())
          .asInstanceOf(type(Refused.class))
          .returns("Exported", Refused::code)
          .extracting(Refused::reason)
          .asString()
          .startsWith("The device holds job " + id + "'s export; it is ready to go back.");
    }
    assertThat(job().state()).isEqualTo(JobState.FILLED);
    assertThat(jobs.find(other.job().id()).orElseThrow().events()).isEqualTo(1);
  }

  @Test
  void whatHoldsPartOfAnExportIsNotTakenForANewOneEither() throws Exception {
    CreatedJob other = jobs.create(asked(JobType.IMPORT, "whatever"));
    begun();
    desk.release(id);
    assertThat(dispatch.admit(STATION, device, new Claim.Bound(other.job().id())))
        .asInstanceOf(type(Refused.class))
        .extracting(Refused::reason)
        .asString()
        .startsWith("The device may hold part of job " + id + "'s export");
  }

  @Test
  void aDeviceThatIsAnotherByItsSizeIsNew() throws Exception {
    filled(1, 0);
    DeviceIdentity larger = new DeviceIdentity(device.fingerprint(), "", 2 * SIZE);
    begin(JobType.EXPORT, export(PASSWORD));
    assertThat(dispatch.admit(STATION, larger, claim())).isInstanceOf(Admitted.class);
  }

  @Test
  void aDeviceThatAnImportWasDoneWithMayBeFilled() throws Exception {
    begin(JobType.IMPORT, "no manifest at all");
    begun();
    desk.release(id);
    DeviceIdentity same = device;
    begin(JobType.EXPORT, export(PASSWORD));
    Admitted admitted = (Admitted) dispatch.admit(STATION, same, claim());
    assertThat(admitted.order()).isInstanceOf(WorkOrder.Fill.class);
  }

  @Test
  void aDeviceThatWentBackMayComeAgain() throws Exception {
    filled(1, 0);
    desk.returned(id, new Shipment("UPS", "1Z999"));
    DeviceIdentity same = device;
    begin(JobType.EXPORT, export(PASSWORD));
    Admitted admitted = (Admitted) dispatch.admit(STATION, same, claim());
    assertThat(admitted.order()).isInstanceOf(WorkOrder.Fill.class);
  }

  // --- a device with a lock of its own

  @Test
  void aDeviceWithNothingButAPinWaitsForTheOperatorToUnlockIt() throws Exception {
    begin(JobType.EXPORT, export(PIN));
    Admitted admitted = admit();
    assertThat(fill(admitted).locked()).isTrue();
    assertThat(fill(admitted).manifest().pinCode()).isNotNull();
    Lease lease = admitted.lease();
    dispatch.report(lease, new StationReport.Held(HoldReason.LOCKED, "It is to be unlocked."));
    assertThat(status().progress().word()).isEqualTo("InProgress");
    assertThat(status().progressMessage()).isEqualTo("It is to be unlocked.");
    desk.waive(id);
    assertThat(history().getLast()).isEqualTo(new JobEvent.Waived(1, JobEvent.Waiver.OPERATOR));
    WorkOrder.Fill order = (WorkOrder.Fill) follow(lease);
    assertThat(order.locked()).isFalse();
    assertThat(fill(admit()).locked()).isFalse();
    assertThatThrownBy(() -> desk.waive(id)).isInstanceOf(LifecycleException.class);
  }

  @Test
  void theOperatorIsToldTheCodeAsItWasWritten() throws Exception {
    LockCodes codes = new LockCodes(jobs, Regions.ofGuide());
    assertThat(codes.of(id)).isEmpty();
    begin(JobType.EXPORT, export(PIN));
    assertThat(codes.of(id)).contains(Secret.of("0123"));
    filled(1, 0);
    assertThat(codes.of(id)).isEmpty();
    assertThatThrownBy(() -> codes.of(new JobId("ZZZZZ"))).isInstanceOf(NoSuchJobException.class);
  }

  @Test
  void aPasswordNeedsNoUnlocking() throws Exception {
    begin(JobType.EXPORT, export(PASSWORD + PIN));
    assertThat(fill(admit()).locked()).isFalse();
  }

  @Test
  void anotherManifestAsksForTheLockAgain() throws Exception {
    begin(JobType.EXPORT, export(PIN));
    Lease lease = admit().lease();
    dispatch.report(lease, new StationReport.Held(HoldReason.LOCKED, "It is to be unlocked."));
    desk.waive(id);
    dispatch.report(lease, new StationReport.LoadStarted(1));
    dispatch.report(lease, new StationReport.Held(HoldReason.STORE_REFUSES, "photos is gone"));
    replace(2, export("pinCode: 4567\n"));
    assertThat(((WorkOrder.Fill) follow(lease)).locked()).isTrue();
    replace(3, export(PASSWORD));
    assertThat(((WorkOrder.Fill) follow(lease)).locked()).isFalse();
  }

  // --- the customer, the operator, and time

  @Test
  void aMendedManifestIsFollowed() throws Exception {
    Lease lease = begun();
    dispatch.report(lease, new StationReport.Held(HoldReason.STORE_REFUSES, "photos is gone"));
    replace(2, export(PASSWORD).replace("photos", "pictures"));
    WorkOrder.Fill order = (WorkOrder.Fill) follow(lease);
    assertThat(order.revision()).isEqualTo(2);
    assertThat(order.manifest().operations().getFirst().bucket()).isEqualTo("pictures");
    dispatch.report(lease, new StationReport.LoadStarted(2));
    dispatch.report(lease, new StationReport.Filled(2, summary(0)));
    assertThat(status().progress().word()).isEqualTo("Complete");
  }

  @Test
  void whatTheOperatorHasDealtWithIsTriedAgain() throws Exception {
    Lease lease = begun();
    dispatch.report(lease, new StationReport.Held(HoldReason.CANNOT_FILL, "the child crashed"));
    desk.waive(id);
    assertThat(history().getLast()).isEqualTo(new JobEvent.Waived(1, JobEvent.Waiver.OPERATOR));
    assertThat(follow(lease)).isInstanceOf(WorkOrder.Fill.class);
    assertThat(fill((Admitted) dispatch.admit(STATION, device, mark())).revision()).isEqualTo(1);
    assertThat(status().progress().word()).isEqualTo("InProgress");
  }

  @Test
  void aCancelledExportIsHeldAndGoesBackAsItIs() throws Exception {
    Lease lease = begun();
    jobs.append(id, new JobEvent.CancelRequested());
    assertThat(status().progress().word()).isEqualTo("Canceled");
    assertThat(dispatch.beat(lease, PROGRESS)).isEqualTo(new Instruction.Cancel());
    dispatch.report(lease, new StationReport.Canceled(summary(0)));
    assertThat(job().waiting().orElseThrow().reason()).isEqualTo(HoldReason.CANCELED);
    assertThat(((Admitted) dispatch.admit(STATION, device, mark())).order())
        .isInstanceOf(WorkOrder.Keep.class);
    letHoldsRunOut(POLICY);
    assertThat(job().state()).isEqualTo(JobState.RELEASED);
    assertThat(status().progress().word()).isEqualTo("Canceled");
  }

  @Test
  void aCancellationThatCameTooLateHoldsTheDeviceToo() throws Exception {
    Lease lease = begun();
    jobs.append(id, new JobEvent.CancelRequested());
    StationReport filled = new StationReport.Filled(1, summary(0));
    dispatch.report(lease, filled);
    int events = history().size();
    dispatch.report(lease, filled);
    assertThat(history()).hasSize(events);
    assertThat(job().waiting().orElseThrow().reason()).isEqualTo(HoldReason.CANCELED);
    assertThat(status().progress().word()).isEqualTo("Canceled");
  }

  @Test
  void aFilledDeviceIsNotHeldReleasedOrWaived() throws Exception {
    filled(1, 0);
    assertThatThrownBy(() -> desk.hold(id)).hasMessageContaining("filled and ready to go back");
    assertThatThrownBy(() -> desk.release(id)).hasMessageContaining("filled and ready to go back");
    assertThatThrownBy(() -> desk.waive(id)).hasMessageContaining("filled and ready to go back");
  }

  @Test
  void thereIsNoEraseToHoldAnExportBackFrom() throws Exception {
    begun();
    assertThatThrownBy(() -> desk.hold(id)).hasMessageContaining("never erased");
  }

  @Test
  void aReleasedDeviceGoesBackAsItIsAndLateReportsDoNoHarm() throws Exception {
    Lease lease = begun();
    desk.release(id);
    dispatch.report(lease, new StationReport.Filled(1, summary(0)));
    assertThat(dispatch.beat(lease, PROGRESS)).isEqualTo(new Instruction.Release());
    assertThat(job().state()).isEqualTo(JobState.RELEASED);
    assertThat(status().progress().word()).isEqualTo("Canceled");
  }

  @Test
  void aSiteThatErasesAfterTheHoldErasesNoExport() throws Exception {
    Lease lease = begun();
    dispatch.report(lease, new StationReport.Held(HoldReason.STORE_REFUSES, "photos is gone"));
    letHoldsRunOut(policy(AfterHold.ERASE));
    assertThat(job().state()).isEqualTo(JobState.RELEASED);
    assertThat(dispatch.beat(lease, PROGRESS)).isEqualTo(new Instruction.Release());
  }

  @Test
  void aLockThatNobodyOpensLetsTheDeviceGo() throws Exception {
    begin(JobType.EXPORT, export(PIN));
    Lease lease = admit().lease();
    dispatch.report(lease, new StationReport.Held(HoldReason.LOCKED, "It is to be unlocked."));
    letHoldsRunOut(policy(AfterHold.ERASE));
    assertThat(job().state()).isEqualTo(JobState.RELEASED);
    assertThat(status().progress().word()).isEqualTo("Canceled");
    assertThat(dispatch.beat(lease, PROGRESS)).isEqualTo(new Instruction.Release());
  }

  // --- helpers

  private void begin(JobType type, String manifest) throws Exception {
    CreatedJob created = jobs.create(asked(type, manifest));
    id = created.job().id();
    signature = created.signature();
    device = new DeviceIdentity("disk of " + id, "a disk", SIZE);
  }

  private void replace(int revision, String manifest) throws Exception {
    jobs.append(
        id, new JobEvent.ManifestReplaced(revision, JobType.EXPORT, Confidential.of(manifest)));
  }

  private void letHoldsRunOut(SitePolicy policy) throws Exception {
    clock.advance(Duration.ofDays(7).plusSeconds(1));
    new Deadlines(jobs, policy, clock).pass();
  }

  private Admitted admit() throws Exception {
    return (Admitted) dispatch.admit(STATION, device, claim());
  }

  private Claim claim() {
    return new Claim.Signed(id, signature.signature());
  }

  private Claim mark() {
    return new Claim.Begun(id, new TombstoneMac(KEY).ofFill(id));
  }

  private static WorkOrder.Fill fill(Admitted admitted) {
    return (WorkOrder.Fill) admitted.order();
  }

  private Lease begun() throws Exception {
    Lease lease = admit().lease();
    dispatch.report(lease, new StationReport.LoadStarted(job().revision()));
    return lease;
  }

  private Lease filled(int revision, long errors) throws Exception {
    Lease lease = begun();
    dispatch.report(lease, new StationReport.Filled(revision, summary(errors)));
    return lease;
  }

  private LoadSummary summary(long errors) {
    return new LoadSummary(7, 700, 0, errors, "export-log-" + id);
  }

  private EraseProof proof() {
    return new EraseProof(1, device, 7, 700, 0, 0, "d1", clock.instant());
  }

  private WorkOrder follow(Lease lease) throws Exception {
    Instruction instruction = dispatch.beat(lease, PROGRESS);
    assertThat(instruction).isInstanceOf(Instruction.Follow.class);
    return ((Instruction.Follow) instruction).order();
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

  private static NewJob asked(JobType type, String manifest) {
    return new NewJob(ACCOUNT, Confidential.of("jane"), type, Confidential.of(manifest));
  }

  private static SitePolicy policy(AfterHold afterHold) {
    return new SitePolicy(1L << 30, Duration.ofDays(30), Duration.ofDays(7), afterHold);
  }

  private static String export(String secrets) {
    return """
    manifestVersion: 2.0
    deviceId: 123456
    fileSystem: NTFS
    logBucket: logs
    notificationEmail: jane@example.com
    operations:
      - exportBucket: photos
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
        + secrets;
  }
}
