package org.diskferry.server.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.diskferry.server.testing.SampleManifest.exportFrom;
import static org.diskferry.server.testing.SampleManifest.good;
import static org.diskferry.server.testing.SampleManifest.importInto;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.diskferry.job.Account;
import org.diskferry.job.Confidential;
import org.diskferry.job.JobEvent;
import org.diskferry.job.JobEvent.Binding;
import org.diskferry.job.JobId;
import org.diskferry.job.LoadFigures;
import org.diskferry.job.dispatch.HoldReason;
import org.diskferry.server.query.QuerySite.Reply;
import org.diskferry.server.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The five actions.
class JobActionsTest {
  private static final String REMINDER =
      "Please call GetShippingLabel API to retrieve shipping address";

  private final QuerySite site = new QuerySite();

  @Test
  void aNewJobIsToldWithItsSignature() {
    Reply reply = site.create(good());

    String id = reply.text("JobId");
    assertThat(id).matches("[A-HJKMNP-Z0-9]{5}");
    assertThat(reply.text("JobType")).isEqualTo("Import");
    assertThat(reply.text("AwsShippingAddress")).isEqualTo(REMINDER);
    assertThat(reply.text("SignatureFileContents"))
        .isEqualTo(
            "version:2.0\nsigningMethod:HmacSHA1\njobId:%s\nsignature:%s\n"
                .formatted(id, reply.text("Signature")));
    assertThat(reply.text("WarningMessage"))
        .isEqualTo("**** Device will be erased before being returned. ****");
    assertThat(jobs()).containsExactly(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"import", "IMPORT", "Import"})
  void theTypeOfAJobIsTakenInAnyCase(String type) {
    assertThat(site.ask("Action", "CreateJob", "JobType", type, "Manifest", good()).text("JobType"))
        .isEqualTo("Import");
  }

  @Test
  void anExportIsNotWarnedOfAnErase() {
    Reply reply =
        site.ask("Action", "CreateJob", "JobType", "export", "Manifest", exportFrom("bucket-1"));

    assertThat(reply.text("JobType")).as(reply.raw()).isEqualTo("Export");
    assertThat(reply.text("WarningMessage")).isEqualTo("-");
  }

  @Test
  void whatIsOnlyValidatedIsAnsweredInFullAndNotMade() {
    Reply reply =
        site.ask(
            "Action", "CreateJob", "JobType", "Import", "Manifest", good(), "ValidateOnly", "true");

    String id = reply.text("JobId");
    assertThat(id).matches("[A-HJKMNP-Z0-9]{5}-VALIDATE-ONLY");
    assertThat(reply.text("Signature")).hasSize(28);
    assertThat(reply.text("SignatureFileContents")).contains("\njobId:" + id + "\n");
    assertThat(jobs()).isEmpty();
    assertThat(site.ask("Action", "GetStatus", "JobId", id).message())
        .isEqualTo("No such job " + id + " for your account");
  }

  @Test
  void validationDoesNotCountForTheQuota() {
    for (int i = 0; i < 5; i++) {
      assertThat(
              site.ask(
                      "Action",
                      "CreateJob",
                      "JobType",
                      "Import",
                      "Manifest",
                      good(),
                      "ValidateOnly",
                      "true")
                  .status())
          .isEqualTo(200);
    }
    assertThat(site.create(good()).status()).isEqualTo(200);
  }

  @Test
  void noMoreJobsADayAreMadeThanTheQuotaHas() {
    site.newJob();
    site.newJob();
    site.newJob();

    Reply reply = site.create(good());

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("CreateJobQuotaExceededException");
    site.clock.advance(Duration.ofDays(1));
    assertThat(site.create(good()).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "JobType, , Manifest, x, MissingParameterException, JobType must be specified",
    "JobType, Import, Manifest, , MissingParameterException, Manifest must be specified",
    "JobType, Both, Manifest, x, InvalidParameterException, 'JobType must be Import or Export, not Both'"
  })
  void aMissingOrWrongParameterIsNamed(
      String first, String type, String second, String manifest, String code, String message) {
    Reply reply =
        site.ask(
            "Action",
            "CreateJob",
            first,
            type == null ? "" : type,
            second,
            manifest == null ? "" : manifest);

    assertThat(reply.code()).isEqualTo(code);
    assertThat(reply.message()).isEqualTo(message);
  }

  @Test
  void aFlagIsTrueOrFalse() {
    Reply reply =
        site.ask(
            "Action", "CreateJob", "JobType", "Import", "Manifest", good(), "ValidateOnly", "yes");

    assertThat(reply.code()).isEqualTo("InvalidParameterException");
    assertThat(reply.message()).isEqualTo("ValidateOnly must be true or false, not yes");
  }

  @Test
  void whatIsNoManifestIsToldInTheWordsThatOldClientsKnow() {
    Reply reply = site.create("INVALID MANIFEST");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("MalformedManifestException");
    assertThat(reply.message()).startsWith("Your manifest is not well-formed: line 1");
  }

  @ParameterizedTest
  @CsvSource({
    "bucket-1, nowhere, NoSuchBucketException, there is no bucket nowhere",
    "nowhere, bucket-1, NoSuchBucketException, there is no bucket nowhere",
    "bucket-1, bucket-eu, MultipleRegionsException, the buckets lie in eu-west-1 and us-east-1",
    "bucket-x, bucket-1, BucketPermissionException, bucket bucket-x is not open to your account"
  })
  void bucketsAreCheckedBeforeAJobIsMade(
      String bucket, String logBucket, String code, String said) {
    Reply reply = site.create(importInto(bucket, logBucket));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo(code);
    assertThat(reply.message()).contains(said);
    assertThat(jobs()).isEmpty();
  }

  @Test
  void allFaultsComeInOneAnswer() {
    Reply reply = site.create(importInto("nowhere", "bucket-x").replace("eraseDevice: yes", ""));

    assertThat(reply.code()).isEqualTo("MissingManifestFieldException");
    assertThat(reply.message())
        .contains("eraseDevice")
        .contains("there is no bucket nowhere")
        .contains("bucket bucket-x is not open to your account");
  }

  @Test
  void aUserNeedsTheRightsThatTheJobWillUse() {
    Reply reply =
        site.askAs(
            QuerySite.NARROW, "Action", "CreateJob", "JobType", "Import", "Manifest", good());

    assertThat(reply.code()).isEqualTo("BucketPermissionException");
    assertThat(reply.message())
        .contains("user narrow needs s3:PutObject, s3:AbortMultipartUpload,")
        .contains("s3:ListMultipartUploadParts on bucket bucket-1");
  }

  @Test
  void rightsBelowAPrefixAreEnoughForAJobBelowIt() {
    String manifest = good() + "prefix: mine/in/\nlogPrefix: mine/\n";

    assertThat(
            site.askAs(
                    QuerySite.NARROW,
                    "Action",
                    "CreateJob",
                    "JobType",
                    "Import",
                    "Manifest",
                    manifest)
                .status())
        .isEqualTo(200);
    Reply withAcl =
        site.askAs(
            QuerySite.NARROW,
            "Action",
            "CreateJob",
            "JobType",
            "Import",
            "Manifest",
            manifest + "acl: public-read\n");
    assertThat(withAcl.code()).isEqualTo("BucketPermissionException");
    assertThat(withAcl.message()).contains("needs s3:PutObjectAcl on");
  }

  @Test
  void aManifestOfAnotherKeyIsRefused() {
    Reply reply = site.create(good() + "accessKeyId: AKIASOMEBODY\n");

    assertThat(reply.code()).isEqualTo("InvalidAccessKeyIdException");
  }

  @Test
  void warningsFollowTheReminder() {
    Reply reply = site.create(good() + "accessKeyId: AKIAOWNER\n");

    assertThat(reply.text("WarningMessage"))
        .startsWith("**** Device will be erased before being returned. ****\nline ")
        .contains("accessKeyId");
  }

  @Test
  void aStoreThatCannotBeAskedLeavesNothingBehind() {
    site.buckets.breakDown();

    Reply reply = site.create(good());

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.code()).isEqualTo("ServiceUnavailable");
    assertThat(reply.text("Type")).isEqualTo("Receiver");
    assertThat(jobs()).isEmpty();
  }

  @Test
  void theStatusOfANewJobHasNoEmptyMembers() {
    String id = site.newJob();

    Reply reply = site.ask("Action", "GetStatus", "JobId", id);

    assertThat(reply.membersOf("GetStatusResult"))
        .containsExactlyInAnyOrder(
            "JobId",
            "JobType",
            "LocationCode",
            "LocationMessage",
            "ProgressCode",
            "ProgressMessage",
            "ErrorCount",
            "Signature",
            "SignatureFileContents",
            "CurrentManifest",
            "CreationDate",
            "AwsShippingAddress");
    assertThat(reply.text("LocationCode")).isEqualTo("NotReceived");
    assertThat(reply.text("LocationMessage")).isEqualTo("AWS has not received your device.");
    assertThat(reply.text("ProgressCode")).isEqualTo("Pending");
    assertThat(reply.text("ProgressMessage")).isEqualTo("The specified job has not started.");
    assertThat(reply.text("ErrorCount")).isEqualTo("0");
    assertThat(reply.text("CreationDate")).isEqualTo("2026-11-21T07:55:05Z");
    assertThat(reply.text("CurrentManifest")).isEqualTo(good());
    assertThat(reply.text("AwsShippingAddress")).isEqualTo(REMINDER);
  }

  @Test
  void aManifestIsShownAsItWasSubmittedWithoutItsSecrets() {
    String manifest = good().replace("\n", "\r\n") + "pinCode: 1234567\r\n# <é> & \u0085]]>\r\n";
    String id = site.create(manifest).text("JobId");

    Reply reply = site.ask("Action", "GetStatus", "JobId", id);

    assertThat(reply.text("CurrentManifest")).isEqualTo(manifest.replace("1234567", "********"));
  }

  @Test
  void typedIdsAreFolded() {
    String id = site.newJob();

    assertThat(site.ask("Action", "GetStatus", "JobId", " " + id.toLowerCase(Locale.ROOT)))
        .extracting(r -> r.text("JobId"))
        .isEqualTo(id);
    assertThat(site.ask("Action", "GetStatus", "JobId", id.replace('0', 'o').replace('1', 'l')))
        .extracting(r -> r.text("JobId"))
        .isEqualTo(id);
  }

  @ParameterizedTest
  @CsvSource({"GetStatus", "CancelJob", "UpdateJob"})
  void aJobMustBeNamed(String action) {
    Reply reply = site.ask("Action", action, "JobType", "Import", "Manifest", good());

    assertThat(reply.code()).isEqualTo("InvalidJobIdException");
    assertThat(reply.message()).isEqualTo("JobId must be specified");
  }

  @ParameterizedTest
  @CsvSource({
    "foo, No such job foo for your account",
    "ZZZZZ, No such job ZZZZZ for your account",
    "4Y8ND-VALIDATE-ONLY, No such job 4Y8ND-VALIDATE-ONLY for your account"
  })
  void aJobThatIsNotThereIsToldAsItWasNamed(String id, String message) {
    assertThat(site.ask("Action", "GetStatus", "JobId", id).message()).isEqualTo(message);
    assertThat(site.ask("Action", "CancelJob", "JobId", id).message()).isEqualTo(message);
    assertThat(update(id, "Import", good()).message()).isEqualTo(message);
  }

  @Test
  void aCanceledJobIsStillThereAndSaysSo() {
    String id = site.newJob();

    assertThat(site.ask("Action", "CancelJob", "JobId", id).text("Success")).isEqualTo("true");

    Reply status = site.ask("Action", "GetStatus", "JobId", id);
    assertThat(status.text("ProgressCode")).isEqualTo("Canceled");
    assertThat(status.text("ProgressMessage")).isEqualTo("The job was canceled.");
    assertThat(site.ask("Action", "ListJobs").text("IsCanceled")).isEqualTo("true");
    assertThat(site.ask("Action", "CancelJob", "JobId", id).code())
        .isEqualTo("CanceledJobIdException");
    assertThat(update(id, "Import", good()).code()).isEqualTo("CanceledJobIdException");
  }

  @Test
  void anExpiredJobIsStillThereAndSaysSo() throws Exception {
    String id = site.newJob();
    happen(id, new JobEvent.Expired());

    assertThat(site.ask("Action", "GetStatus", "JobId", id).text("ProgressCode"))
        .isEqualTo("Expired");
    assertThat(site.ask("Action", "CancelJob", "JobId", id).code())
        .isEqualTo("ExpiredJobIdException");
    assertThat(update(id, "Import", good()).code()).isEqualTo("ExpiredJobIdException");
  }

  @Test
  void aFinishedJobCannotBeCanceledOrUpdated() throws Exception {
    String id = site.newJob();
    load(id);
    happen(id, new JobEvent.Loaded(1, new LoadFigures(2, 20, 0, 0), Confidential.of("logs/l-1")));

    Reply cancel = site.ask("Action", "CancelJob", "JobId", id);
    assertThat(cancel.status()).isEqualTo(409);
    assertThat(cancel.code()).isEqualTo("UnableToCancelJobIdException");
    assertThat(cancel.message())
        .startsWith("AWS Import/Export cannot cancel the job " + id + ", which is Complete");
    Reply update = update(id, "Import", "INVALID MANIFEST");
    assertThat(update.status()).isEqualTo(400);
    assertThat(update.code()).isEqualTo("UnableToUpdateJobIdException");
  }

  @Test
  void aLoadedAndReturnedJobTellsItsLogAndItsParcel() throws Exception {
    String id = site.newJob();
    load(id);
    happen(id, new JobEvent.Loaded(1, new LoadFigures(2, 20, 0, 3), Confidential.of("logs/l-1")));
    happen(id, new JobEvent.Released(JobEvent.Cause.OPERATOR));
    happen(id, new JobEvent.Returned("UPS", Confidential.of("1Z999")));

    Reply reply = site.ask("Action", "GetStatus", "JobId", id);

    assertThat(reply.text("ProgressCode")).isEqualTo("SuccessWithErrors");
    assertThat(reply.text("ErrorCount")).isEqualTo("3");
    assertThat(reply.text("LogBucket")).isEqualTo("logs");
    assertThat(reply.text("LogKey")).isEqualTo("l-1");
    assertThat(reply.text("LocationCode")).isEqualTo("Returned");
    assertThat(reply.text("LocationMessage"))
        .isEqualTo("Your device has been returned. The UPS tracking number is 1Z999.");
    assertThat(reply.text("Carrier")).isEqualTo("UPS");
    assertThat(reply.text("TrackingNumber")).isEqualTo("1Z999");
  }

  @Test
  void anUpdateReplacesManifestAndTypeAndKeepsTheSignature() {
    String id = site.newJob();
    String signature = site.ask("Action", "GetStatus", "JobId", id).text("Signature");

    Reply reply = update(id, "export", exportFrom("bucket-2"));

    assertThat(reply.text("Success")).as(reply.raw()).isEqualTo("true");
    Reply status = site.ask("Action", "GetStatus", "JobId", id);
    assertThat(status.text("JobType")).isEqualTo("Export");
    assertThat(status.text("CurrentManifest")).contains("exportBucket: bucket-2");
    assertThat(status.text("Signature")).isEqualTo(signature);
    assertThat(site.ask("Action", "ListJobs").text("JobType")).isEqualTo("Export");
  }

  @Test
  void anUpdateThatIsOnlyValidatedChangesNothing() {
    String id = site.newJob();

    Reply reply =
        site.ask(
            "Action",
            "UpdateJob",
            "JobId",
            id,
            "JobType",
            "Export",
            "Manifest",
            exportFrom("bucket-1"),
            "ValidateOnly",
            "true");

    assertThat(reply.text("Success")).isEqualTo("true");
    assertThat(site.ask("Action", "GetStatus", "JobId", id).text("JobType")).isEqualTo("Import");
  }

  @Test
  void secretsThatComeBackAsTheyWereShownStayWhatTheyAre() throws Exception {
    String id = site.create(good() + "pinCode: 1234567\n").text("JobId");
    String shown = site.ask("Action", "GetStatus", "JobId", id).text("CurrentManifest");

    assertThat(update(id, "Import", shown + "prefix: in/\n").text("Success")).isEqualTo("true");

    assertThat(site.store.find(new JobId(id)).orElseThrow().manifest().text())
        .contains(good() + "pinCode: 1234567\nprefix: in/\n");
  }

  @Test
  void aBadUpdateChangesNothing() {
    String id = site.newJob();

    assertThat(update(id, "Import", importInto("nowhere", "bucket-1")).code())
        .isEqualTo("NoSuchBucketException");
    assertThat(site.ask("Action", "UpdateJob", "JobId", id, "Manifest", good()).message())
        .isEqualTo("JobType must be specified");

    assertThat(site.ask("Action", "GetStatus", "JobId", id).text("CurrentManifest"))
        .isEqualTo(good());
  }

  @Test
  void aHeldJobCanBeUpdatedButNotChangeItsDirection() throws Exception {
    String id = site.newJob();
    load(id);
    happen(id, new JobEvent.Held(HoldReason.STORE_REFUSES, Confidential.of("bucket-1 is full")));

    Reply held = site.ask("Action", "GetStatus", "JobId", id);
    assertThat(held.text("ProgressCode")).isEqualTo("InProgress");
    assertThat(held.text("ProgressMessage")).isEqualTo("bucket-1 is full");
    assertThat(held.text("LocationCode")).isEqualTo("AtAWS");
    assertThat(update(id, "Export", exportFrom("bucket-1")).code())
        .isEqualTo("UnableToUpdateJobIdException");
    assertThat(update(id, "Import", importInto("bucket-2", "bucket-1")).text("Success"))
        .isEqualTo("true");
  }

  @Test
  void aListBeginsWithTheNewestAndIsPagedByItsLastJob() {
    String first = site.newJob();
    site.clock.advance(Duration.ofSeconds(1));
    String second = site.newJob();
    String third = site.newJob();

    Reply page = site.ask("Action", "ListJobs", "MaxJobs", "2");
    assertThat(page.texts("JobId")).containsExactly(third, second);
    assertThat(page.text("IsTruncated")).isEqualTo("true");
    assertThat(page.membersOf("ListJobsResult")).containsExactly("Jobs", "IsTruncated");
    assertThat(page.membersOf("member"))
        .containsExactlyInAnyOrder("JobId", "CreationDate", "IsCanceled", "JobType");

    Reply rest = site.ask("Action", "ListJobs", "MaxJobs", "2", "Marker", second);
    assertThat(rest.texts("JobId")).containsExactly(first);
    assertThat(rest.text("IsTruncated")).isEqualTo("false");
  }

  @Test
  void aListOfNothingStillHasItsContainer() {
    Reply reply = site.ask("Action", "ListJobs");

    assertThat(reply.membersOf("ListJobsResult")).containsExactly("Jobs", "IsTruncated");
    assertThat(reply.text("IsTruncated")).isEqualTo("false");
  }

  @Test
  void noJobsAtAllMayBeAskedFor() {
    site.newJob();

    assertThat(site.ask("Action", "ListJobs", "MaxJobs", "0").texts("JobId")).isEmpty();
    assertThat(site.ask("Action", "ListJobs", "MaxJobs", "").texts("JobId")).hasSize(1);
    assertThat(site.ask("Action", "ListJobs", "MaxJobs", "1000").texts("JobId")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1001", "ten", "1.0", "99999999999999999999"})
  void aPageHasFromNoneToAThousandJobs(String max) {
    Reply reply = site.ask("Action", "ListJobs", "MaxJobs", max);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("InvalidParameterException");
    assertThat(reply.message()).isEqualTo("MaxJobs must be from 0 to 1000, not " + max);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ZZZZZ", "no job"})
  void aMarkerMustBeAJob(String marker) {
    Reply reply = site.ask("Action", "ListJobs", "Marker", marker);

    assertThat(reply.code()).isEqualTo("InvalidJobIdException");
    assertThat(reply.message()).isEqualTo("No such job " + marker + " for your account");
  }

  private Reply update(String id, String type, String manifest) {
    return site.ask("Action", "UpdateJob", "JobId", id, "JobType", type, "Manifest", manifest);
  }

  private void load(String id) throws Exception {
    happen(id, new JobEvent.DeviceBound("disk-" + id, 1 << 20, Binding.SIGNATURE));
    happen(id, new JobEvent.Admitted("station", 1));
    happen(id, new JobEvent.LoadStarted(1, 1));
  }

  private void happen(String id, JobEvent event) throws Exception {
    site.store.append(new JobId(id), event);
  }

  private List<String> jobs() {
    List<String> ids = new ArrayList<>();
    site.store
        .list(new Account(TestUser.OWNER.principal().account().value()), 100)
        .jobs()
        .forEach(j -> ids.add(j.id().value()));
    return ids;
  }
}
