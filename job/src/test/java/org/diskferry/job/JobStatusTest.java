package org.diskferry.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.diskferry.job.testing.Jobs.after;
import static org.diskferry.job.testing.Jobs.bound;
import static org.diskferry.job.testing.Jobs.erase;
import static org.diskferry.job.testing.Jobs.filled;
import static org.diskferry.job.testing.Jobs.filling;
import static org.diskferry.job.testing.Jobs.held;
import static org.diskferry.job.testing.Jobs.loaded;
import static org.diskferry.job.testing.Jobs.loading;
import static org.diskferry.job.testing.Jobs.pending;

import java.util.List;
import java.util.stream.Stream;
import org.diskferry.job.dispatch.HoldReason;
import org.diskferry.job.naming.LogLocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JobStatusTest {
  private static final JobEvent RELEASED = new JobEvent.Released(JobEvent.Cause.HOLD_EXPIRED);
  private static final JobEvent CANCEL = new JobEvent.CancelRequested();
  private static final JobEvent CANCELED =
      new JobEvent.Canceled(LoadFigures.NONE, Confidential.of("b/k"));

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource
  void theCustomerReads(String progress, String location, List<JobEvent> events) throws Exception {
    Job job = after(pending(), events.toArray(JobEvent[]::new));
    JobStatus status = JobStatus.of(job);
    assertThat(status.progress().word()).isEqualTo(progress);
    assertThat(status.location().word()).isEqualTo(location);
  }

  static Stream<Arguments> theCustomerReads() {
    return Stream.of(
        row("Pending", "NotReceived"),
        row("Pending", "AtAWS", new JobEvent.Received()),
        row("Canceled", "NotReceived", CANCEL),
        row("Expired", "NotReceived", new JobEvent.Expired()),
        row("InvalidSignature", "AtAWS", refused("InvalidSignature")),
        row("MissingSignature", "AtAWS", refused("MissingSignature")),
        row("UnsupportedDeviceType", "AtAWS", refused("UnsupportedDeviceType")),
        row("InProgress", "AtAWS", refused("MissingSignature"), bound("disk")),
        bay("InProgress"),
        bay("InProgress", held(HoldReason.CANNOT_DECRYPT)),
        bay("InProgress", held(HoldReason.STORE_REFUSES)),
        bay("UnsupportedFileFormat", held(HoldReason.CANNOT_DECRYPT), RELEASED),
        bay("UnsupportedFileFormat", held(HoldReason.UNREADABLE_FILE_SYSTEM), RELEASED),
        bay("Canceled", held(HoldReason.STORE_REFUSES), RELEASED),
        bay("Canceled", CANCEL),
        bay("DeviceError", new JobEvent.DeviceFailed(Confidential.of("dead"))),
        load("InProgress"),
        load("Canceled", CANCEL, CANCELED),
        load("Canceled", CANCEL, CANCELED, RELEASED),
        load("Complete", loaded(1, 0)),
        load("SuccessWithErrors", loaded(1, 2)),
        load("SuccessWithErrors", loaded(1, 2), held(HoldReason.ERROR_ROWS)),
        load("SuccessWithErrors", loaded(1, 2), held(HoldReason.ERROR_ROWS), RELEASED),
        load("InProgress", loaded(1, 0), held(HoldReason.NOT_CLEAN)),
        load("Complete", loaded(1, 0), held(HoldReason.NOT_CLEAN), RELEASED),
        load("InProgress", loaded(1, 0), held(HoldReason.PROOF_FAILED)),
        load("Canceled", loaded(1, 0), held(HoldReason.PROOF_FAILED), RELEASED),
        load("Complete", loaded(1, 0), erase(1, 1, 0)),
        load(
            "Complete",
            loaded(1, 0),
            erase(1, 1, 0),
            new JobEvent.EraseStarted("proof-1"),
            held(HoldReason.ERASE_FAILED)),
        load(
            "Complete",
            loaded(1, 0),
            erase(1, 1, 0),
            new JobEvent.EraseStarted("proof-1"),
            new JobEvent.DeviceFailed(Confidential.of("dead"))));
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource
  void theCustomerOfAnExportReads(String progress, String location, List<JobEvent> events)
      throws Exception {
    Job job = after(pending(JobType.EXPORT), events.toArray(JobEvent[]::new));
    JobStatus status = JobStatus.of(job);
    assertThat(status.progress().word()).isEqualTo(progress);
    assertThat(status.location().word()).isEqualTo(location);
  }

  static Stream<Arguments> theCustomerOfAnExportReads() {
    JobEvent returned = new JobEvent.Returned("UPS", Confidential.of("1Z12345"));
    return Stream.of(
        row("Pending", "NotReceived"),
        bay("InProgress"),
        bay("InProgress", held(HoldReason.LOCKED)),
        bay("InProgress", held(HoldReason.CANNOT_FILL)),
        bay("Canceled", held(HoldReason.LOCKED), RELEASED),
        bay("Canceled", held(HoldReason.CANNOT_FILL), RELEASED),
        bay("Canceled", CANCEL),
        load("InProgress"),
        load("InProgress", held(HoldReason.STORE_REFUSES)),
        load("Canceled", held(HoldReason.STORE_REFUSES), RELEASED),
        load("InProgress", held(HoldReason.PROOF_FAILED)),
        load("Canceled", held(HoldReason.PROOF_FAILED), RELEASED),
        load("Canceled", RELEASED),
        load("Canceled", CANCEL, CANCELED),
        load("Canceled", CANCEL, filled(1, 0)),
        load("Canceled", CANCEL, filled(1, 0), RELEASED),
        load("DeviceError", new JobEvent.DeviceFailed(Confidential.of("dead"))),
        load("Complete", filled(1, 0)),
        load("SuccessWithErrors", filled(1, 3)),
        row(
            "Complete",
            "Returned",
            bound("disk"),
            new JobEvent.Admitted("station", 1),
            new JobEvent.LoadStarted(1, 1),
            filled(1, 0),
            returned));
  }

  @Test
  void anExportsLogIsNamedWithItsErrors() throws Exception {
    Job job = after(filling(), filled(1, 3));
    assertThat(JobStatus.of(job).progressMessage())
        .isEqualTo(
            "The data load completed with 3 of errors. See export-log-ABCDE in the bucket logs."
                + " for more details.");
    assertThat(JobStatus.log(job)).isEqualTo(new LogLocation("logs", "export-log-ABCDE"));
    assertThat(JobStatus.of(job).errors()).isEqualTo(3);
  }

  @Test
  void theLogsPlaceIsFilledIn() throws Exception {
    Job job = after(loading(), loaded(1, 0));
    assertThat(JobStatus.of(job).progressMessage())
        .isEqualTo(
            "The data loaded successfully. The log was saved to import-log-ABCDE in the bucket"
                + " logs.");
    assertThat(JobStatus.log(job)).isEqualTo(new LogLocation("logs", "import-log-ABCDE"));
  }

  @Test
  void theErrorsAreCounted() throws Exception {
    JobStatus status = JobStatus.of(after(loading(), loaded(1, 12)));
    assertThat(status.progressMessage())
        .isEqualTo(
            "The data load completed with 12 of errors. See import-log-ABCDE in the bucket logs."
                + " for more details.");
    assertThat(status.errors()).isEqualTo(12);
  }

  @Test
  void whatWaitsSaysWhy() throws Exception {
    Job job = after(loading(), held(HoldReason.CANNOT_DECRYPT));
    assertThat(JobStatus.of(job).progressMessage()).isEqualTo("because of CANNOT_DECRYPT");
  }

  @Test
  void aReturnedDeviceNamesItsCarrier() throws Exception {
    Job job = after(loading(), RELEASED, new JobEvent.Returned("UPS", Confidential.of("1Z12345")));
    assertThat(JobStatus.of(job).locationMessage())
        .isEqualTo("Your device has been returned. The UPS tracking number is 1Z12345.");
  }

  @Test
  void aDestroyedTextIsSaidToBeGone() throws Exception {
    Job job =
        after(loading(), loaded(1, 0)).revealed(text -> Confidential.unread(text.commitment()));
    assertThat(JobStatus.of(job).progressMessage()).contains("(no longer kept)");
    assertThat(JobStatus.log(job)).isEqualTo(new LogLocation("", ""));
  }

  private static JobEvent refused(String code) {
    return new JobEvent.DeviceRefused(code, "other");
  }

  private static Arguments row(String progress, String location, JobEvent... events) {
    return Arguments.of(progress, location, List.of(events));
  }

  private static Arguments bay(String progress, JobEvent... events) {
    JobEvent[] before = {bound("disk"), new JobEvent.Admitted("station", 1)};
    return row(
        progress,
        "AtAWS",
        Stream.concat(Stream.of(before), Stream.of(events)).toArray(JobEvent[]::new));
  }

  private static Arguments load(String progress, JobEvent... events) {
    JobEvent[] before = {new JobEvent.LoadStarted(1, 1)};
    return bay(
        progress, Stream.concat(Stream.of(before), Stream.of(events)).toArray(JobEvent[]::new));
  }
}
