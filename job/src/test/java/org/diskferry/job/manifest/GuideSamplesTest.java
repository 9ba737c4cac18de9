package org.diskferry.job.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.diskferry.job.JobType;
import org.diskferry.job.Secret;
import org.junit.jupiter.api.Test;

/// The manifests that the guide prints, by where it prints them, each with its verdict.
class GuideSamplesTest {
  private static final String JANE =
      """
      returnAddress:
        name: Jane Roe
        company: Example Corp.
        street1: 123 Any Street
        city: Anytown
        stateOrProvince: WA
        postalCode: 91011-1111
        phoneNumber: 206-555-1111
        country: USA
      """;

  private static final String FILLED_ADDRESS =
      """
      returnAddress:
        name:Jane Roe
        company:Example Corp.
        street1:123 Any Street
        street2:Suite 5
        street3:Yard
        city:Anytown
        stateOrProvince:WA
        postalCode:91011-1111
        country:USA
        phoneNumber: 206-555-1111
      """;

  @Test
  void gettingStartedWithAnImportToS3() {
    String manifest =
        """
        manifestVersion:2.0
        generator:Text editor
        bucket:my-bucket
        deviceId:49382
        eraseDevice:yes
        notificationEmail: jane.roe@example.com
        pinCode: 1234
        trueCryptPassword: secret
        acl:private
        serviceLevel:standard
        """
            + FILLED_ADDRESS;
    Manifest.S3Import read = (Manifest.S3Import) accepted(JobType.IMPORT, manifest);
    assertThat(read.load().acl()).isEqualTo("private");
    assertThat(read.load().pinCode()).isEqualTo(Secret.of("1234"));
    assertThat(read.common().returnAddress().streets())
        .containsExactly("123 Any Street", "Suite 5", "Yard");
  }

  @Test
  void gettingStartedWithAnImportToS3AsPrinted() {
    String manifest =
        """
        manifestVersion:2.0
        generator:Text editor
        bucket:[Enter import bucket]
        deviceId:[Enter device serial number]
        eraseDevice:yes
        notificationEmail: [Email addresses, semicolon separated]
        pinCode: [Optional - PIN code]
        trueCryptPassword: [Optional - password]
        acl:private
        serviceLevel:standard
        returnAddress:
          name:[Your name]
          company:[Optional - your company]
          street1:[Your street]
          street2:[Optional - additional street info]
          street3:[Optional - additional street info]
          city:[Your city]
          stateOrProvince:[Required for USA and Canada. Your state or province.]
          postalCode:[Your postal code]
          country:[Your country]
          phoneNumber: [Contact number]
        """;
    ManifestResult.Refused refused = Reading.refused(Reading.of(JobType.IMPORT, manifest));
    assertThat(refused.code()).isEqualTo("InvalidManifestFieldException");
    assertThat(refused.faults()).hasSize(15);
    assertThat(refused.faults()).allSatisfy(f -> assertThat(f.message()).contains("placeholder"));
  }

  @Test
  void gettingStartedWithAnImportToEbs() {
    String manifest =
        """
        manifestVersion: 3.0
        deviceId: 49382
        pinCode: 1234
        logPrefix: logs/
        logBucket:my-logs
        generator: AWS Import/Export Command Line Tool
        eraseDevice:yes
        notificationEmail: jane.roe@example.com
        """
            + FILLED_ADDRESS
            + """
            operations:
              - destination: ebs-snapshot
                source: device
                region: us-west-2
                deviceCapacityGreaterThan1TB: yes
            """;
    Manifest.EbsImport read = (Manifest.EbsImport) accepted(JobType.IMPORT, manifest);
    assertThat(read.over1TB()).isTrue();
    assertThat(read.common().facility().region()).isEqualTo("us-west-2");
  }

  @Test
  void gettingStartedWithAnImportToEbsWithTheRegionsAsPrinted() {
    String manifest =
        """
        manifestVersion: 3.0
        deviceId: 49382
        logBucket:my-logs
        eraseDevice:yes
        notificationEmail: jane.roe@example.com
        operations:
          - destination: ebs-snapshot
            source: device
            region: us-east-1 | us-west-1 | us-west-2 | eu-west-1 | ap-southeast-1
            deviceCapacityGreaterThan1TB: [yes/no]
        """
            + FILLED_ADDRESS;
    refused(JobType.IMPORT, manifest, "InvalidManifestFieldException");
  }

  @Test
  void gettingStartedWithAnImportToGlacier() {
    String manifest =
        """
        manifestVersion: 3.0
        deviceId:49382
        pinCode: 1234
        logPrefix: logs/
        logBucket:my-logs
        generator: AWS Import/Export Command Line Tool
        eraseDevice: yes
        notificationEmail: jane.roe@example.com
        """
            + FILLED_ADDRESS
            + """
            operations:
              - destination: glacier
                source: device
                region: us-east-1
                vaultName: MyVault
                archiveComment: daily archive
            """;
    Manifest.GlacierImport read = (Manifest.GlacierImport) accepted(JobType.IMPORT, manifest);
    assertThat(read.vault()).isEqualTo("MyVault");
    assertThat(read.archiveComment()).isEqualTo("daily archive");
  }

  @Test
  void gettingStartedWithAnExport() {
    String manifest =
        """
        manifestVersion:2.0
        generator:text editor
        deviceId:49382
        fileSystem:NTFS
        pinCode: 1234
        trueCryptPassword: secret
        serviceLevel:expeditedShipping
        targetDirectory:/
        recoveryDirectory:EXPORT-RECOVERY
        logBucket:my-logs
        notificationEmail: jane.roe@example.com
        operations:
          - exportBucket:my-bucket
        """
            + FILLED_ADDRESS;
    Manifest.S3Export read = (Manifest.S3Export) accepted(JobType.EXPORT, manifest);
    assertThat(read.operations()).containsExactly(new ExportOperation("my-bucket", "", "", "", ""));
    assertThat(read.common().serviceLevel()).isEqualTo(ServiceLevel.EXPEDITED);
  }

  @Test
  void theSmallestImportToS3IsBrokenOverAPageAndItsAddressIsHalfIndented() {
    String manifest =
        """
        manifestVersion: 2.0;
        returnAddress:
          name: Jane Roe
        company: Example Corp. \s
        street1: 123 Any Street \s
        city: Anytown \s
        stateOrProvince: WA \s
        postalCode: 91011-1111 \s
        phoneNumber: 206-555-1111 \s
        country: USA \s
        deviceId: 49382 \s
        eraseDevice: yes \s
        notificationEmail: john.doe@example.com;jane.roe@example.com \s
        bucket: myBucket
        """;
    Manifest read = accepted(JobType.IMPORT, manifest);
    assertThat(read.common().version()).isEqualTo("2.0");
    assertThat(read.common().returnAddress())
        .isEqualTo(
            new ReturnAddress(
                "Jane Roe",
                "Example Corp.",
                List.of("123 Any Street"),
                "Anytown",
                "WA",
                "91011-1111",
                "206-555-1111",
                new Country("US")));
    assertThat(read.common().logBucket()).isEqualTo("myBucket");
    assertThat(read.common().notificationEmail())
        .containsExactly("john.doe@example.com", "jane.roe@example.com");
  }

  @Test
  void theSmallestImportToEbs() {
    accepted(
        JobType.IMPORT,
        """
        manifestVersion: 3.0
        deviceId: 49382
        logBucket: myBucket
        eraseDevice: yes
        notificationEmail: john.doe@example.com;jane.roe@example.com
        generator: AWS Import/Export Command Line Tool
        """
            + JANE
            + """
            operations:
              - destination: ebs-snapshot
                source: device
                region: us-east-1
                deviceCapacityGreaterThan1TB: yes
            """);
  }

  @Test
  void theSmallestImportToGlacierLacksTheEraseOption() {
    ManifestResult.Refused refused =
        refused(
            JobType.IMPORT,
            """
            manifestVersion: 3.0
            deviceId: 49382
            logBucket: myBucket
            generator: AWS Import/Export Command Line Tool
            notificationEmail: john.doe@example.com;jane.roe@example.com
            """
                + JANE
                + """
                operations:
                  - destination: glacier
                    source: device
                    region: us-east-1
                    vaultName: MyGlacierVault
                    archiveComment: July 24, 2012 daily archive
                """,
            "MissingManifestFieldException");
    assertThat(refused.faults()).extracting(Fault::option).containsExactly("eraseDevice");
  }

  @Test
  void theExportSample() {
    accepted(
        JobType.EXPORT,
        """
        manifestVersion:2.0
        generator:text editor
        deviceId:ABCDE
        pinCode:4321
        trueCryptPassword:SimpleButEasilyCrackedEXAMPLE
        fileSystem:NTFS
        serviceLevel:expeditedShipping
        targetDirectory:/
        recoveryDirectory:EXPORT-RECOVERY
        logBucket:ImportExportBucket
        notificationEmail:jane.roe@example.net
        operations:
          - exportBucket: ImportExportBucket
        """
            + JANE);
  }

  @Test
  void theReferencesImportWithCommonOptions() {
    Manifest.S3Import read =
        (Manifest.S3Import)
            accepted(
                JobType.IMPORT,
                """
                manifestVersion: 2.0
                bucket: data-load-bucket
                deviceId: ABCDE
                generator: AWS ImportExport Web Service Tool 1.0
                logPrefix: logs
                logBucket: iemanifest-log-bucket
                prefix: imported/
                eraseDevice: yes
                notificationEmail: john.doe@example.com;jane.roe@example.com
                """
                    + JANE
                    + "serviceLevel: expeditedShipping\n");
    assertThat(read.common().logBucket()).isEqualTo("iemanifest-log-bucket");
    assertThat(read.common().logPrefix()).isEqualTo("logs");
    assertThat(read.load().prefix()).isEqualTo("imported/");
  }

  @Test
  void theReferencesCustomsNeedALicenseAndAreNotCarried() {
    String fragment =
        """
        customs:
          dataDescription: This device contains medical test results.
          encryptedData: yes
          encryptionClassification: 5D992
          exportCertifierName: John Doe
          requiresExportLicense: yes
          deviceValue: 250.00
          deviceCountryOfOrigin: Ghana
          deviceType: externalStorageDevice
        """;
    String india = Sheet.of(Kind.S3_IMPORT).with("returnAddress.country", "India").text();
    ManifestResult.Refused refused =
        refused(JobType.IMPORT, india + fragment, "InvalidCustomsException");
    assertThat(refused.faults()).hasSize(1);
    refused(
        JobType.IMPORT, india + fragment + "  typeOfExport: return\n", "InvalidCustomsException");
    String home = Sheet.of(Kind.S3_IMPORT).text();
    refused(JobType.IMPORT, home + fragment, "InvalidCustomsException");
  }

  @Test
  void theReferencesImportWithCustomsNeedsALicenseToo() {
    String manifest =
        """
        manifestVersion: 2.0
        deviceId: ABCDE
        eraseDevice: yes
        bucket: my-amz-bucket
        acl: authenticated-read
        cacheControl: max-age=3600
        contentDisposition: attachment
        contentLanguage: en
        contentTypes:
          csv: application/vnd.ms-excel
        customs:
          dataDescription: This device contains medical test results.
          encryptedData: yes
          encryptionClassification: 5D992
          exportCertifierName: John Doe
          requiresExportLicense: yes
          deviceValue: 250.00
          deviceCountryOfOrigin: Brazil
          deviceType: externalStorageDevice
        diskTimestampMetadataKey: disk-timestamp
        generator: AWS Import Export Docs
        ignore:
          - \\.psd$
          - \\.PSD$
        logPrefix: logs
        logBucket: iemanifest-bucket
        notificationEmail: john.doe@example.com;jane.doe@example.com
        prefix: imported/
        setContentEncodingForGzFiles: yes
        staticMetadata:
          import-timestamp: Wed, 23 Feb 2011 01:55:59 GMT
          application: AppImportedData
        returnAddress:
          name: John Doe
          company: Example Corp
          street1: UG 8 Golf Course Road
          city: Anycity
          stateOrProvince: Haryana
          postalCode: 122002
          phoneNumber: +91 431 555 1000
          country: India
        serviceLevel: standard
        """;
    ManifestResult.Refused refused = refused(JobType.IMPORT, manifest, "InvalidCustomsException");
    assertThat(refused.faults())
        .extracting(Fault::option)
        .containsExactly("customs.requiresExportLicense");
    assertThat(refused.faults().getFirst().line()).isEqualTo(16);

    Manifest read = accepted(JobType.IMPORT, manifest.replace("License: yes", "License: no"));
    Customs customs = Objects.requireNonNull(read.common().customs());
    assertThat(customs.countryOfOrigin()).isEqualTo("BR");
    assertThat(customs.tariffCode()).isEqualTo("8471704065");
    assertThat(customs.typeOfExport()).isEqualTo("return");
  }

  @Test
  void theReferencesImportToS3() {
    Manifest.S3Import read =
        (Manifest.S3Import)
            accepted(
                JobType.IMPORT,
                """
                manifestVersion: 2.0
                deviceId: ABCDE
                eraseDevice: yes
                notificationEmail: john.doe@example.com;jane.roe@example.com
                bucket: my-amz-bucket
                acl: authenticated-read
                cacheControl: max-age=3600
                contentDisposition: attachment
                contentLanguage: en
                contentTypes:
                  csv: application/vnd.ms-excel
                diskTimestampMetadataKey: disk-timestamp
                generator: AWS Import Export Docs
                ignore:
                  - \\.psd$
                  - \\.PSD$
                logPrefix: logs
                logBucket: iemanifest-bucket
                prefix: imported/
                setContentEncodingForGzFiles: yes
                staticMetadata:
                  import-timestamp: Wed, 23 Feb 2011 01:55:59 GMT
                  application: AppImportedData
                pinCode:4321
                trueCryptPassword: SimpleButEasilyCrackedEXAMPLE
                """
                    + JANE
                    + "\nserviceLevel: expeditedShipping\n");
    S3ImportManifest load = read.load();
    assertThat(load.ignore()).extracting(p -> p.pattern()).containsExactly("\\.psd$", "\\.PSD$");
    assertThat(load.contentTypes()).isEqualTo(Map.of("csv", "application/vnd.ms-excel"));
    assertThat(load.gzipEncoding()).isTrue();
    assertThat(load.timestampKey()).isEqualTo("disk-timestamp");
    assertThat(load.staticMetadata())
        .isEqualTo(
            Map.of(
                "import-timestamp", "Wed, 23 Feb 2011 01:55:59 GMT",
                "application", "AppImportedData"));
    assertThat(load.pinCode()).isEqualTo(Secret.of("4321"));
    assertThat(load.password()).isEqualTo(Secret.of("SimpleButEasilyCrackedEXAMPLE"));
  }

  @Test
  void theReferencesImportToGlacier() {
    accepted(
        JobType.IMPORT,
        """
        manifestVersion: 3.0

        deviceId: 49382
        eraseDevice: yes
        logBucket: myBucket
        logPrefix: logs
        generator: AWS Import/Export Command Line Tool
        notificationEmail: john.doe@example.com;jane.roe@example.com
        """
            + JANE
            + """
            operations:
              - destination: glacier
                source: device
                region: us-east-1
                vaultName: MyGlacierVault
                archiveComment: July 24, 2012 daily archive
            serviceLevel: expeditedShipping
            """);
  }

  @Test
  void theReferencesExport() {
    Manifest.S3Export read =
        (Manifest.S3Export)
            accepted(
                JobType.EXPORT,
                """
                manifestVersion: 2.0
                deviceId: ABCDE
                fileSystem: NTFS
                generator: AWS Import Export Docs
                logPrefix: logs
                logBucket: iemanifest-bucket
                notificationEmail: john.doe@example.com;jane.roe@example.com
                trueCryptPassword: SimpleButEasilyCrackedEXAMPLE
                operations:
                  - exportBucket: my-amz-bucket
                    targetDirectory: myexport/stuff
                    beginMarker: images/starwars
                    endMarker: images/xena
                    prefix: exported/
                recoveryDirectory: LostAndFound
                """
                    + JANE
                    + "serviceLevel: expeditedShipping\n");
    assertThat(read.operations())
        .containsExactly(
            new ExportOperation(
                "my-amz-bucket", "exported/", "images/starwars", "images/xena", "myexport/stuff"));
    assertThat(read.recoveryDirectory()).isEqualTo("LostAndFound");
  }

  @Test
  void theRequestThatUpdatesAJobIsOfVersion10AndExpiresTomorrow() {
    ManifestResult.Refused refused =
        refused(
            JobType.IMPORT,
            """
            manifestVersion: 1.0
            bucket: XMSAGE
            returnAddress:
               name: Amazon.com ATTN Joe Random\s
               street1: 1200 111 Nosuch Ave S.
               city: Seattle
               stateOrProvince: WA
               postalCode: 98114
               phoneNumber: 206-266-0000
               country: USA
            setContentEncodingForGzFiles: yes
            expires: tomorrow
            contentLanguage: Spanish
            acl: public-read
            cacheControl: max-age=3600
            """,
            "InvalidManifestFieldException");
    assertThat(refused.faults())
        .anySatisfy(fault -> {
          assertThat(fault.option()).isEqualTo("expires");
          assertThat(fault.line()).isEqualTo(12);
        });
  }

  @Test
  void theAppendixImports() {
    String common =
        """
        manifestVersion: 2.0
        bucket: myawsbucket
        deviceId: 3QD0T87T
        pinCode:4321
        eraseDevice: Yes
        notificationEmail: john.doe@example.com;jane.roe@example.com
        """
            + JANE;
    accepted(JobType.IMPORT, common);
    accepted(JobType.IMPORT, common + "acl: public-read\nprefix: images/\nlogPrefix: loadlogs-\n");
    accepted(
        JobType.IMPORT,
        common
            + """
            acl: public-read
            prefix: dropoff
            contentTypes:
              jpg: application/octet-stream
              gif: application/octet-stream
              tif: application/octet-stream
              txt: text/html
            ignore:
            - \\.psd$
            """);
    // as printed, with its slip
    accepted(JobType.IMPORT, common + "ignore:\n\n- \\.psd\\$\n");
  }

  @Test
  void theAppendixsFirstExportLacksPasswordAndAddressAndHasNoFileSystemOfOurs() {
    String printed =
        """
        manifestVersion: 1.2

        deviceId: 532404500021
        logBucket: myawsbucket
        fileSystem: FAT32
        operations:
          - exportBucket: myawsbucket
        """
            + JANE;
    ManifestResult.Refused refused =
        refused(JobType.EXPORT, printed, "MissingManifestFieldException");
    assertThat(refused.faults())
        .extracting(Fault::option)
        .containsExactly("notificationEmail", "trueCryptPassword", "fileSystem");
    assertThat(refused.faults().getLast().cls()).isEqualTo(FaultClass.INVALID_FILE_SYSTEM);
    accepted(
        JobType.EXPORT,
        printed.replace("FAT32", "NTFS")
            + "trueCryptPassword: secret\nnotificationEmail: jane.roe@example.com\n");
  }

  @Test
  void theAppendixsSecondExportIsBrokenOverAPage() {
    String printed =
        """
        manifestVersion: 2.0
        deviceId: 532404500021
        logBucket: myawsbucket
        logPrefix: logs/
        fileSystem: NTFS
        operations:
          - exportBucket: myawsbucket
            prefix: images
            targetDirectory: starwars/image-backup
          - exportBucket: lostbucket
            beginMarker: html/
            endMarker: images/kate.jpg
        returnAddress:
          name: Jane Roe
          company: Example Corp.
          street1: 123 Any Street
          city: Anytown
          stateOrProvince: WA
        postalCode: 91011-1111
        phoneNumber: 206-555-1111
        country: USA
        """;
    refused(JobType.EXPORT, printed, "MissingManifestFieldException");
    Manifest.S3Export read =
        (Manifest.S3Export)
            accepted(
                JobType.EXPORT,
                printed + "trueCryptPassword: secret\nnotificationEmail: jane.roe@example.com\n");
    assertThat(read.operations())
        .containsExactly(
            new ExportOperation("myawsbucket", "images", "", "", "starwars/image-backup"),
            new ExportOperation("lostbucket", "", "html/", "images/kate.jpg", "lostbucket"));
  }

  @Test
  void theExampleOfSubstitutions() {
    Manifest.S3Import read =
        (Manifest.S3Import)
            accepted(
                JobType.IMPORT,
                Sheet.of(Kind.S3_IMPORT).text()
                    + """
                    prefix: myprefix$COLON$
                    substitutions:
                      "$COLON$" : ":"
                      "$QUOTE$" : "\\""
                    """);
    assertThat(read.load().substitutions()).isEqualTo(Map.of("$COLON$", ":", "$QUOTE$", "\""));
    Manifest.S3Import plain =
        (Manifest.S3Import)
            accepted(
                JobType.IMPORT,
                Sheet.of(Kind.S3_IMPORT).text() + "substitutions:\n  $COLON$ : \":\"\n");
    assertThat(plain.load().substitutions()).isEqualTo(Map.of("$COLON$", ":"));
  }

  private static Manifest accepted(JobType type, String text) {
    return Reading.accepted(Reading.of(type, text)).manifest();
  }

  private static ManifestResult.Refused refused(JobType type, String text, String code) {
    ManifestResult.Refused refused = Reading.refused(Reading.of(type, text));
    assertThat(refused.code()).as(refused.message()).isEqualTo(code);
    return refused;
  }
}
