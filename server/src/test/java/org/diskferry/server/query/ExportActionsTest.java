package org.diskferry.server.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.diskferry.server.testing.SampleManifest.exportFrom;
import static org.diskferry.server.testing.SampleManifest.good;

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

/// The five actions, of exports.
class ExportActionsTest {
  private static final String OPERATION = "  - exportBucket: bucket-1\n";

  private final QuerySite site = new QuerySite();

  @Test
  void aNewExportIsToldWithItsSignatureAndWithoutWarnings() {
    Reply reply = create(exportFrom("bucket-1"));

    String id = reply.text("JobId");
    assertThat(reply.text("JobType")).as(reply.raw()).isEqualTo("Export");
    assertThat(reply.text("SignatureFileContents"))
        .isEqualTo(
            "version:2.0\nsigningMethod:HmacSHA1\njobId:%s\nsignature:%s\n"
                .formatted(id, reply.text("Signature")));
    assertThat(reply.text("WarningMessage")).isEqualTo("-");
  }

  @ParameterizedTest
  @CsvSource({
    "fileSystem: NTFS, fileSystem: FAT32, InvalidFileSystemException, 'possible values: NTFS, EXT4'",
    "fileSystem: NTFS, '', MissingManifestFieldException, fileSystem",
    "trueCryptPassword: only a test, '', MissingManifestFieldException, pinCode",
    "trueCryptPassword: only a test, pinCode: 12a4, InvalidManifestFieldException, 'digits'",
    "trueCryptPassword: only a test, trueCryptPassword: \"a*b\", InvalidManifestFieldException, asterisk",
    "logBucket: bucket-1, '', MissingManifestFieldException, logBucket",
    "manifestVersion: 2.0, manifestVersion: 3.0, InvalidManifestFieldException, it must be 2.0",
    "fileSystem: NTFS, fileSystem: NTFS\\neraseDevice: yes, InvalidManifestFieldException, eraseDevice",
    "fileSystem: NTFS, fileSystem: NTFS\\nbucket: bucket-1, InvalidManifestFieldException, bucket",
    "fileSystem: NTFS, fileSystem: NTFS\\ncontainerFormat: luks, InvalidManifestFieldException, veracrypt",
    "logBucket: bucket-1, logBucket: nowhere, NoSuchBucketException, there is no bucket nowhere",
    "exportBucket: bucket-1, exportBucket: nowhere, NoSuchBucketException, there is no bucket nowhere",
    "logBucket: bucket-1, logBucket: bucket-eu, MultipleRegionsException, the buckets lie in eu-west-1 and us-east-1",
    "logBucket: bucket-1, logBucket: bucket-x, BucketPermissionException, bucket bucket-x is not open",
    "exportBucket: bucket-1, exportBucket: bucket-x, BucketPermissionException, bucket bucket-x is not open"
  })
  void anExportIsCheckedBeforeItIsMade(String line, String instead, String code, String said) {
    String manifest = exportFrom("bucket-1");
    assertThat(manifest).contains(line);

    Reply reply = create(manifest.replace(line, instead.replace("\\n", "\n")));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.code()).as(reply.raw()).isEqualTo(code);
    assertThat(reply.message()).contains(said);
  }

  @Test
  void theBucketsOfAllOperationsAreLookedUp() {
    String manifest =
        exportFrom("bucket-1")
            .replace(OPERATION, OPERATION + "  - exportBucket: bucket-2\n  - exportBucket: gone\n");

    Reply reply = create(manifest);

    assertThat(reply.code()).isEqualTo("NoSuchBucketException");
    assertThat(reply.message())
        .contains("line 10, operations.exportBucket: there is no bucket gone");
  }

  @Test
  void aUserNeedsToListAndReadWhatIsExportedAndToWriteTheLog() {
    Reply reply = create(QuerySite.JOBS_ONLY, exportFrom("bucket-1"));

    assertThat(reply.code()).isEqualTo("BucketPermissionException");
    assertThat(reply.message())
        .contains(
            "operations.exportBucket: user jobs needs s3:GetBucketLocation, s3:ListBucket,"
                + " s3:GetObject on bucket bucket-1")
        .contains(
            "logBucket: user jobs needs s3:GetBucketLocation, s3:ListBucketMultipartUploads,"
                + " s3:PutObject, s3:AbortMultipartUpload, s3:ListMultipartUploadParts on bucket"
                + " bucket-1");
  }

  @Test
  void rightsBelowAPrefixAreEnoughForOperationsBelowIt() {
    String manifest =
        exportFrom("bucket-1")
            .replace("logBucket: bucket-1", "logBucket: bucket-2\nlogPrefix: logs/");
    String mine = manifest.replace(OPERATION, OPERATION + "    prefix: mine/a\n");

    assertThat(create(QuerySite.EXPORTER, mine).status()).isEqualTo(200);

    String others = mine.replace(OPERATION, OPERATION + "    prefix: theirs/\n" + OPERATION);
    for (String wrong : new String[] {manifest, others}) {
      Reply reply = create(QuerySite.EXPORTER, wrong);
      assertThat(reply.code()).isEqualTo("BucketPermissionException");
      assertThat(reply.message())
          .contains("user exporter needs s3:GetObject on bucket bucket-1")
          .doesNotContain("s3:PutObject");
    }
  }

  @Test
  void anOperationThatExportsNothingIsWarnedOf() {
    String manifest =
        exportFrom("bucket-1")
            .replace(OPERATION, OPERATION + "    beginMarker: b\n    endMarker: a\n");

    assertThat(create(manifest).text("WarningMessage"))
        .contains("operations.endMarker")
        .endsWith("this operation exports nothing");
  }

  @Test
  void theSecretsOfAnExportAreShownAsAsterisksAndStayWhatTheyAre() throws Exception {
    String manifest = exportFrom("bucket-1") + "pinCode: 0123\n";
    String id = create(manifest).text("JobId");

    String shown = site.ask("Action", "GetStatus", "JobId", id).text("CurrentManifest");
    assertThat(shown)
        .isEqualTo(manifest.replace("only a test", "********").replace("0123", "********"));
    assertThat(update(id, "Export", shown + "containerFormat: veracrypt\n").text("Success"))
        .isEqualTo("true");

    assertThat(site.store.find(new JobId(id)).orElseThrow().manifest().text())
        .contains(manifest + "containerFormat: veracrypt\n");
  }

  @Test
  void aHeldExportCanBeUpdatedButNotChangeItsDirection() throws Exception {
    String id = create(exportFrom("bucket-1")).text("JobId");
    fill(id);
    happen(
        id, new JobEvent.Held(HoldReason.CANNOT_FILL, Confidential.of("4096 bytes are too few")));

    Reply held = site.ask("Action", "GetStatus", "JobId", id);
    assertThat(held.text("ProgressCode")).isEqualTo("InProgress");
    assertThat(held.text("ProgressMessage")).isEqualTo("4096 bytes are too few");
    assertThat(update(id, "Import", good()).code()).isEqualTo("UnableToUpdateJobIdException");
    assertThat(update(id, "Export", exportFrom("bucket-2")).text("Success")).isEqualTo("true");
  }

  @Test
  void aFilledExportTellsItsLogAndCanNeitherBeCanceledNorUpdated() throws Exception {
    String id = create(exportFrom("bucket-1")).text("JobId");
    fill(id);
    happen(id, new JobEvent.Filled(1, new LoadFigures(5, 50, 0, 2), Confidential.of("logs/e-1")));

    Reply reply = site.ask("Action", "GetStatus", "JobId", id);
    assertThat(reply.text("ProgressCode")).isEqualTo("SuccessWithErrors");
    assertThat(reply.text("ErrorCount")).isEqualTo("2");
    assertThat(reply.text("LogBucket")).isEqualTo("logs");
    assertThat(reply.text("LogKey")).isEqualTo("e-1");
    assertThat(reply.text("LocationCode")).isEqualTo("AtAWS");
    Reply cancel = site.ask("Action", "CancelJob", "JobId", id);
    assertThat(cancel.status()).isEqualTo(409);
    assertThat(cancel.code()).isEqualTo("UnableToCancelJobIdException");
    assertThat(cancel.message()).endsWith("its device is filled and ready to go back");
    assertThat(update(id, "Export", exportFrom("bucket-1")).code())
        .isEqualTo("UnableToUpdateJobIdException");
  }

  @Test
  void anExportInProgressIsCanceled() throws Exception {
    String id = create(exportFrom("bucket-1")).text("JobId");
    fill(id);

    assertThat(site.ask("Action", "CancelJob", "JobId", id).text("Success")).isEqualTo("true");

    assertThat(site.ask("Action", "GetStatus", "JobId", id).text("ProgressCode"))
        .isEqualTo("Canceled");
    assertThat(update(id, "Export", exportFrom("bucket-1")).code())
        .isEqualTo("CanceledJobIdException");
  }

  private Reply create(String manifest) {
    return create(TestUser.OWNER, manifest);
  }

  private Reply create(TestUser user, String manifest) {
    return site.askAs(user, "Action", "CreateJob", "JobType", "Export", "Manifest", manifest);
  }

  private Reply update(String id, String type, String manifest) {
    return site.ask("Action", "UpdateJob", "JobId", id, "JobType", type, "Manifest", manifest);
  }

  private void fill(String id) throws Exception {
    happen(id, new JobEvent.DeviceBound("disk-" + id, 1 << 20, Binding.SIGNATURE));
    happen(id, new JobEvent.Admitted("station", 1));
    happen(id, new JobEvent.LoadStarted(1, 1));
  }

  private void happen(String id, JobEvent event) throws Exception {
    site.store.append(new JobId(id), event);
  }
}
