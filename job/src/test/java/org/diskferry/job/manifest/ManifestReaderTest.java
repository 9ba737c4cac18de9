package org.diskferry.job.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import org.diskferry.job.JobType;
import org.diskferry.job.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestReaderTest {

  @Test
  void oneAnswerHasAllFaultsAndTheFirstClassNamesIt() {
    String text =
        """
        manifestVersion: 2.0
        deviceId: [serial]
        bukket: my-bucket
        eraseDevice: maybe
        returnAddress:
          name: Jane Roe
          street1: P.O. Box 12
          city: Anytown
          country: India
        customs:
          encryptedData: perhaps
        """;
    ManifestResult.Refused refused = Reading.refused(Reading.of(JobType.IMPORT, text));
    assertThat(refused.code()).isEqualTo("MissingManifestFieldException");
    assertThat(refused.faults())
        .extracting(Fault::toString)
        .containsExactly(
            "line 1, notificationEmail: it is missing",
            "line 1, bucket: it is missing",
            "line 5, returnAddress.postalCode: it is missing",
            "line 5, returnAddress.phoneNumber: it is missing",
            "line 2, deviceId: the placeholder […] is still there; put the value in its place,"
                + " without brackets or asterisks, or remove the line",
            "line 3, bukket: it is no option here; did you mean bucket?",
            "line 4, eraseDevice: maybe: it must be yes, to acknowledge that the device is erased"
                + " before it is returned",
            "line 7, returnAddress.street1: P.O. Box 12 is a post office box; carriers deliver to"
                + " streets only",
            "line 10, customs.dataDescription: it is missing",
            "line 10, customs.exportCertifierName: it is missing",
            "line 10, customs.requiresExportLicense: it is missing",
            "line 10, customs.deviceValue: it is missing",
            "line 10, customs.deviceCountryOfOrigin: it is missing",
            "line 10, customs.deviceType: it is missing",
            "line 11, customs.encryptedData: perhaps: possible values: yes, no");
    assertThat(refused.message())
        .startsWith(
            "One or more required fields were missing from the manifest file. Please correct and"
                + " resubmit. line 1, notificationEmail: it is missing; ");
  }

  @Test
  void theClassesStandInTheOrderInWhichTheyNameTheAnswer() {
    assertThat(EnumSet.allOf(FaultClass.class))
        .extracting(FaultClass::code)
        .containsExactly(
            "MalformedManifestException",
            "MissingManifestFieldException",
            "InvalidManifestFieldException",
            "InvalidAddressException",
            "MissingCustomsException",
            "InvalidCustomsException",
            "InvalidFileSystemException",
            "NoSuchBucketException",
            "BucketPermissionException",
            "MultipleRegionsException",
            "InvalidAccessKeyIdException");
    List<Fault> faults = new ArrayList<>();
    for (FaultClass cls : FaultClass.values()) {
      faults.add(new Fault(cls, 1, "x", "y"));
    }
    Collections.reverse(faults);
    while (!faults.isEmpty()) {
      ManifestResult.Refused refused = new ManifestResult.Refused(faults, List.of());
      assertThat(refused.cls()).isEqualTo(faults.getLast().cls());
      faults.removeLast();
    }
  }

  @Test
  void othersAddTheFaultsThatTheyFind() {
    Fault none = new Fault(FaultClass.NO_SUCH_BUCKET, 5, "bucket", "there is no such bucket");
    ManifestResult good = Sheet.of(Kind.S3_IMPORT).read();
    assertThat(good.and(List.of())).isSameAs(good);
    assertThat(Reading.refused(good.and(List.of(none))).code()).isEqualTo("NoSuchBucketException");
    ManifestResult bad = Sheet.of(Kind.S3_IMPORT).with("acl", "x").read();
    ManifestResult.Refused both = Reading.refused(bad.and(List.of(none)));
    assertThat(both.code()).isEqualTo("InvalidManifestFieldException");
    assertThat(both.faults()).hasSize(2);
  }

  @Test
  void bucketsAreNamedForWhoeverCanAskTheStore() {
    assertThat(Sheet.of(Kind.S3_IMPORT).read().buckets())
        .containsExactly(
            new BucketUse("my-bucket", BucketUse.Purpose.IMPORT, 5, "bucket"),
            new BucketUse("my-bucket", BucketUse.Purpose.LOG, 5, "bucket"));
    Sheet export =
        Sheet.of(Kind.S3_EXPORT)
            .with("operations", "\n  - exportBucket: one\n  - exportBucket: two\n    prefix: a")
            .with("acl", "x");
    assertThat(export.read()).isInstanceOf(ManifestResult.Refused.class);
    assertThat(export.read().buckets())
        .extracting(b -> b.purpose() + " " + b.bucket() + " " + b.line())
        .containsExactly("EXPORT one 16", "EXPORT two 17", "LOG my-logs 4");
  }

  @Test
  void theLogsBucketWinsOverTheDatas() {
    Sheet sheet = Sheet.of(Kind.S3_IMPORT).with("logBucket", "my-logs");
    assertThat(sheet.read().buckets())
        .extracting(b -> b.purpose() + " " + b.bucket())
        .containsExactly("IMPORT my-bucket", "LOG my-logs");
    assertThat(Reading.accepted(sheet.read()).manifest().common().logBucket()).isEqualTo("my-logs");
  }

  @Test
  void theAccessKeyOfTheRequestIsIgnoredWithAWarning() {
    String text = Sheet.of(Kind.S3_IMPORT).with("accessKeyId", "AKIDEXAMPLE").text();
    assertThat(Reading.accepted(Reading.signed(text, "AKIDEXAMPLE")).warnings())
        .anySatisfy(w -> assertThat(w.option()).isEqualTo("accessKeyId"));
    Reading.accepted(Reading.signed(text, ""));
  }

  @Test
  void anotherAccessKeyIsRefused() {
    String text = Sheet.of(Kind.S3_IMPORT).with("accessKeyId", "AKIDEXAMPLE").text();
    ManifestResult.Refused refused = Reading.refused(Reading.signed(text, "AKIDOTHER"));
    assertThat(refused.code()).isEqualTo("InvalidAccessKeyIdException");
    assertThat(refused.faults().getFirst().option()).isEqualTo("accessKeyId");
  }

  @Test
  void oldVersionsAreReadAsTheCurrentOneWithAWarning() {
    for (String version : List.of("1.0", "1.1", "1.2", "1.3")) {
      ManifestResult.Accepted accepted =
          Reading.accepted(Sheet.of(Kind.S3_IMPORT).with("manifestVersion", version).read());
      assertThat(accepted.warnings())
          .extracting(Warning::message)
          .contains(version + " is an old version and read as 2.0");
    }
  }

  @Test
  void aManifest10IsToldWhatItCannotHave() {
    Sheet sheet = Sheet.of(Kind.S3_IMPORT).with("manifestVersion", "1.0").without("eraseDevice");
    ManifestResult.Refused refused = Reading.refused(sheet.read());
    assertThat(refused.code()).isEqualTo("InvalidManifestFieldException");
    assertThat(refused.message()).contains("a manifest 1.0 is read as 2.0");
  }

  @ParameterizedTest
  @CsvSource({
    "Bucket, bucket", "notificationEmails, notificationEmail", "eraseDevise, eraseDevice",
    "erase-device, eraseDevice", "trueCryptPasswort, trueCryptPassword", "ignores, ignore",
    "setContentEncodingForGZFiles, setContentEncodingForGzFiles", "contentType, contentTypes",
  })
  void anUnknownOptionIsToldItsNearestName(String written, String meant) {
    String text = Sheet.of(Kind.S3_IMPORT).text() + written + ": x\n";
    ManifestResult.Refused refused = Reading.refused(Reading.of(JobType.IMPORT, text));
    assertThat(refused.code()).isEqualTo("InvalidManifestFieldException");
    assertThat(refused.message()).contains("line 14, " + written).contains("mean " + meant + "?");
  }

  @Test
  void anOptionThatNothingResemblesIsJustUnknown() {
    String text = Sheet.of(Kind.S3_IMPORT).text() + "colour: blue\n";
    assertThat(Reading.refused(Reading.of(JobType.IMPORT, text)).message())
        .contains("no option has this name");
  }

  @Test
  void anOptionInTheWrongPlaceIsToldTheRightOne() {
    Sheet sheet = Sheet.of(Kind.S3_IMPORT).with("returnAddress.acl", "private");
    assertThat(Reading.refused(sheet.read()).message())
        .contains("returnAddress.acl")
        .contains("at the beginning of a line");
    Sheet export = Sheet.of(Kind.S3_EXPORT).with("exportBucket", "my-bucket");
    assertThat(Reading.refused(export.read()).message()).contains("below operations:");
  }

  @Test
  void aJobOfAnImageHasExactlyOneOperation() {
    String operation =
        """
        operations:
          - destination: ebs-snapshot
            source: device
            region: us-east-1
            deviceCapacityGreaterThan1TB: no
        """;
    String two = Sheet.of(Kind.EBS_IMPORT).text().replace("operations:\n", operation);
    ManifestResult.Refused refused = Reading.refused(Reading.of(JobType.IMPORT, two));
    assertThat(refused.faults()).extracting(Fault::option).containsExactly("operations");
    assertThat(refused.message()).contains("2 items, and 1 is the most");
  }

  @Test
  void anExportNeedsAPasswordOrAPinCode() {
    Sheet sheet = Sheet.of(Kind.S3_EXPORT).without("trueCryptPassword");
    assertThat(Reading.refused(sheet.read()).code()).isEqualTo("MissingManifestFieldException");
    Reading.accepted(sheet.with("pinCode", "1234").read());
  }

  @Test
  void whatIsMissingForTheEncryptionIsNamedOnce() {
    ManifestResult.Refused refused =
        Reading.refused(
            Sheet.of(Kind.S3_EXPORT).without("trueCryptPassword").with("pinCode", "").read());
    assertThat(refused.faults()).extracting(Fault::option).containsExactly("trueCryptPassword");
    ManifestResult.Refused wrong =
        Reading.refused(
            Sheet.of(Kind.S3_EXPORT).without("trueCryptPassword").with("pinCode", "12a4").read());
    assertThat(wrong.faults()).extracting(Fault::option).containsExactly("pinCode");
  }

  @Test
  void passwordAndPinCodeAreReadAlike() {
    Manifest.S3Export both = export(Sheet.of(Kind.S3_EXPORT).with("pinCode", "0123"));
    assertThat(both.password()).isEqualTo(Secret.of("SimpleEXAMPLE"));
    assertThat(both.pinCode()).isEqualTo(Secret.of("0123"));
    Manifest.S3Export pin =
        export(Sheet.of(Kind.S3_EXPORT).without("trueCryptPassword").with("pinCode", "0123"));
    assertThat(pin.password()).isNull();
    assertThat(pin.pinCode()).isEqualTo(Secret.of("0123"));
  }

  @Test
  void aContainerIsTrueCryptsUnlessTheManifestSaysOtherwise() {
    assertThat(export(Sheet.of(Kind.S3_EXPORT)).containerFormat())
        .isEqualTo(ContainerFormat.TRUECRYPT);
    assertThat(export(Sheet.of(Kind.S3_EXPORT).with("containerFormat", "")).containerFormat())
        .isEqualTo(ContainerFormat.TRUECRYPT);
    assertThat(
            export(Sheet.of(Kind.S3_EXPORT).with("containerFormat", "VeraCrypt")).containerFormat())
        .isEqualTo(ContainerFormat.VERACRYPT);
  }

  @Test
  void theFormatOfAContainerThatIsNotMadeIsIgnoredWithAWarning() {
    Sheet sheet =
        Sheet.of(Kind.S3_EXPORT)
            .without("trueCryptPassword")
            .with("pinCode", "1234")
            .with("containerFormat", "veracrypt");
    assertThat(Reading.accepted(sheet.read()).warnings())
        .extracting(Warning::toString)
        .containsExactly(
            "line %d, containerFormat: it goes with trueCryptPassword, which is missing, and is ignored"
                .formatted(sheet.line("containerFormat")));
  }

  @ParameterizedTest
  @CsvSource({
    "NTFS, LostAndFound, true",
    "NTFS, lost+found, true",
    "NTFS, a b, true",
    "NTFS, Verlorenes, true",
    "NTFS, a:b, false",
    "NTFS, what?, false",
    "NTFS, dots., false",
    "NTFS, con, false",
    "NTFS, Aux.txt, false",
    "NTFS, $extend, false",
    "NTFS, LONG, false",
    "EXT4, LostAndFound, true",
    "EXT4, a:b, true",
    "EXT4, con, true",
    "EXT4, Lost+Found, true",
    "EXT4, lost+found, false",
    "EXT4, LONG, false"
  })
  void aRecoveryDirectoryIsANameThatTheFileSystemHas(String fileSystem, String name, boolean good) {
    Sheet sheet =
        Sheet.of(Kind.S3_EXPORT)
            .with("fileSystem", fileSystem)
            .with("recoveryDirectory", '"' + name.replace("LONG", "n".repeat(256)) + '"');
    if (good) {
      assertThat(export(sheet).recoveryDirectory()).isEqualTo(name);
      return;
    }
    ManifestResult.Refused refused = Reading.refused(sheet.read());
    assertThat(refused.code()).isEqualTo("InvalidManifestFieldException");
    assertThat(refused.message())
        .contains("line " + sheet.line("recoveryDirectory"))
        .contains(fileSystem + " cannot have a directory of this name");
  }

  @ParameterizedTest
  @CsvSource({
    "'', b, a, endMarker",
    "'', b, b, endMarker",
    "'', \uE000, \uD83D\uDE00, ''",
    "'', \uD83D\uDE00, \uE000, endMarker",
    "image, '', foo, endMarker",
    "image, '', imagf, ''",
    "image, '', image, ''",
    "image, j, '', beginMarker",
    "image, image/a, '', ''",
    "image, foo, '', ''",
    "exported/, images/starwars, images/xena, beginMarker",
    "'', '', '', ''"
  })
  void anOperationThatExportsNothingIsWarnedOf(
      String prefix, String begin, String end, String option) {
    Sheet sheet =
        Sheet.of(Kind.S3_EXPORT)
            .with("operations.prefix", quoted(prefix))
            .with("operations.beginMarker", quoted(begin))
            .with("operations.endMarker", quoted(end));
    List<Warning> warnings = Reading.accepted(sheet.read()).warnings();
    assertThat(warnings)
        .extracting(Warning::option)
        .isEqualTo(option.isEmpty() ? List.of() : List.of("operations." + option));
    assertThat(warnings)
        .allSatisfy(w -> {
          assertThat(w.line()).isEqualTo(sheet.line("operations." + option));
          assertThat(w.message()).endsWith("this operation exports nothing");
        });
  }

  private static String quoted(String value) {
    return value.isEmpty() ? "" : '"' + value + '"';
  }

  @Test
  void thePapersOfAnExportThatSayItIsNotEncryptedAreWarnedOf() {
    Sheet sheet = Sheet.abroad(Kind.S3_EXPORT).with("customs.encryptedData", "No");
    assertThat(Reading.accepted(sheet.read()).warnings())
        .extracting(Warning::option)
        .containsExactly("customs.encryptedData");
    Sheet other = Sheet.abroad(Kind.S3_IMPORT).with("customs.encryptedData", "No");
    assertThat(Reading.accepted(other.read()).warnings())
        .extracting(Warning::option)
        .doesNotContain("customs.encryptedData");
  }

  private static Manifest.S3Export export(Sheet sheet) {
    return (Manifest.S3Export) Reading.accepted(sheet.read()).manifest();
  }

  @Test
  void theTopDirectoryIsTheDefaultForOperationsThatHaveNone() {
    Sheet sheet =
        Sheet.of(Kind.S3_EXPORT)
            .with("targetDirectory", "/data/")
            .with(
                "operations",
                "\n- exportBucket: one\n- exportBucket: two\n  targetDirectory: //a//b/\n"
                    + "- exportBucket: three\n  targetDirectory: /");
    Manifest.S3Export export = (Manifest.S3Export) Reading.accepted(sheet.read()).manifest();
    assertThat(export.operations())
        .extracting(ExportOperation::targetDirectory)
        .containsExactly("data", "a/b", "");
    assertThat(export.recoveryDirectory()).isEqualTo("EXPORT-RECOVERY");
  }

  @Test
  void aPasswordOf64BytesIsPossibleAndOneByteMoreIsNot() {
    Sheet sheet = Sheet.of(Kind.S3_IMPORT).with("trueCryptPassword", "ä".repeat(32));
    Reading.accepted(sheet.read());
    Reading.refused(sheet.with("trueCryptPassword", "ä".repeat(32) + "x").read());
  }

  @Test
  void aCommaInAPasswordIsWarnedOf() {
    Sheet sheet = Sheet.of(Kind.S3_IMPORT).with("trueCryptPassword", "a,b");
    assertThat(Reading.accepted(sheet.read()).warnings())
        .anySatisfy(w -> assertThat(w.message()).contains("comma"));
  }

  @Test
  void theLogsKeyHas1024BytesAtMost() {
    Sheet sheet = Sheet.of(Kind.S3_IMPORT).with("logPrefix", "x".repeat(1008));
    Reading.accepted(sheet.read());
    ManifestResult.Refused refused =
        Reading.refused(sheet.with("logPrefix", "x".repeat(1009)).read());
    assertThat(refused.code()).isEqualTo("InvalidManifestFieldException");
    assertThat(refused.message()).contains("1025 bytes");
  }

  @Test
  void metadataHas2048BytesAtMostWithTheTimestamp() {
    Sheet sheet =
        Sheet.of(Kind.S3_IMPORT)
            .with("diskTimestampMetadataKey", "time")
            .with("staticMetadata", "\n  a: " + "x".repeat(1000) + "\n  b: " + "x".repeat(1013));
    // 4 + 29 for the time, 1 + 1000, 1 + 1013
    Reading.accepted(sheet.read());
    sheet.with("staticMetadata", "\n  a: " + "x".repeat(1000) + "\n  b: " + "x".repeat(1014));
    assertThat(Reading.refused(sheet.read()).message()).contains("2049 bytes");
  }

  @Test
  void metadataNamesDifferWithoutRegardToCase() {
    Sheet sheet =
        Sheet.of(Kind.S3_IMPORT)
            .with("diskTimestampMetadataKey", "Disk-Time")
            .with("staticMetadata", "\n  disk-time: x");
    ManifestResult.Refused refused = Reading.refused(sheet.read());
    assertThat(refused.code()).isEqualTo("InvalidManifestFieldException");
    assertThat(refused.message()).contains("case does not count");
  }

  @Test
  void bucketsThatNotEveryStoreTakesAreWarnedOf() {
    assertThat(
            Reading.accepted(Sheet.of(Kind.S3_IMPORT).with("bucket", "myBucket").read()).warnings())
        .anySatisfy(w -> assertThat(w.message()).contains("not every store"));
  }

  @Test
  void importsAreToldThatTheDeviceWillBeErased() {
    assertThat(Reading.accepted(Sheet.of(Kind.S3_IMPORT).read()).warnings())
        .extracting(Warning::message)
        .containsExactly("**** Device will be erased before being returned. ****");
    assertThat(Reading.accepted(Sheet.of(Kind.S3_EXPORT).read()).warnings()).isEmpty();
  }

  @Test
  void theKindFollowsFromWhereTheDataGoes() {
    Sheet wrong = Sheet.of(Kind.S3_IMPORT).with("manifestVersion", "3.0");
    assertThat(Reading.refused(wrong.read()).message())
        .contains("3.0 does not go with an import to S3; it must be 2.0");
    Sheet image = Sheet.of(Kind.GLACIER_IMPORT).with("manifestVersion", "2.0");
    assertThat(Reading.refused(image.read()).message())
        .contains("2.0 does not go with an import to Glacier; it must be 3.0");
    ManifestResult export = Reading.of(JobType.EXPORT, Sheet.of(Kind.EBS_IMPORT).text());
    assertThat(Reading.refused(export).message()).contains("it must be 2.0");
  }
}
