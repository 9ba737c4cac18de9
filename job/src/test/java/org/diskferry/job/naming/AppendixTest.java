package org.diskferry.job.naming;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.diskferry.job.JobId;
import org.diskferry.job.JobType;
import org.diskferry.job.manifest.BucketRegions;
import org.diskferry.job.manifest.Manifest;
import org.diskferry.job.manifest.ManifestReader;
import org.diskferry.job.manifest.ManifestResult;
import org.diskferry.job.manifest.Regions;
import org.diskferry.job.manifest.S3ImportManifest;
import org.diskferry.job.manifest.Submission;
import org.junit.jupiter.api.Test;

/// The guide's three examples of imports (Appendix B): from manifest and files to the rows of the
/// log. Where the printed log and the manifest disagree the manifest counts: `txt: text/html` is
/// applied, and types are the register's.
class AppendixTest {
  private static final JobId JOB = new JobId("TSTD1");

  private static final List<String> FILES =
      List.of(
          "SIGNATURE",
          "Notice.txt",
          "README.txt",
          "images/wookie1.jpg",
          "images/chewie.GIF",
          "images/resources/chewie.psd",
          "images/chewie.TIF");

  private static final String COMMON =
      """
      manifestVersion: 2.0
      bucket: myawsbucket
      deviceId: 3QD0T87T
      pinCode:4321
      eraseDevice: Yes
      notificationEmail: john.doe@example.com;jane.roe@example.com
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

  @Test
  void withTheFewestOptionsKeysArePaths() {
    Manifest.S3Import manifest = read(COMMON);
    assertThat(rows(manifest))
        .containsExactly(
            "SIGNATURE 103 Ignored",
            "Notice.txt 200 myawsbucket/Notice.txt text/plain",
            "README.txt 200 myawsbucket/README.txt text/plain",
            "images/wookie1.jpg 200 myawsbucket/images/wookie1.jpg image/jpeg",
            "images/chewie.GIF 200 myawsbucket/images/chewie.GIF image/gif",
            "images/resources/chewie.psd 200 myawsbucket/images/resources/chewie.psd"
                + " image/vnd.adobe.photoshop",
            "images/chewie.TIF 200 myawsbucket/images/chewie.TIF image/tiff");
    assertThat(LogLocation.of(manifest, JOB))
        .isEqualTo(new LogLocation("myawsbucket", "import-log-TSTD1"));
  }

  @Test
  void aPrefixOfKeysAndOneOfTheLog() {
    Manifest.S3Import manifest =
        read(COMMON + "acl: public-read\nprefix: images/\nlogPrefix: loadlogs-\n");
    assertThat(rows(manifest))
        .containsExactly(
            "SIGNATURE 103 Ignored",
            "Notice.txt 200 myawsbucket/images/Notice.txt text/plain",
            "README.txt 200 myawsbucket/images/README.txt text/plain",
            "images/wookie1.jpg 200 myawsbucket/images/images/wookie1.jpg image/jpeg",
            "images/chewie.GIF 200 myawsbucket/images/images/chewie.GIF image/gif",
            "images/resources/chewie.psd 200 myawsbucket/images/images/resources/chewie.psd"
                + " image/vnd.adobe.photoshop",
            "images/chewie.TIF 200 myawsbucket/images/images/chewie.TIF image/tiff");
    assertThat(LogLocation.of(manifest, JOB))
        .isEqualTo(new LogLocation("myawsbucket", "loadlogs-import-log-TSTD1"));
    assertThat(headers(manifest.load(), "Notice.txt").acl()).isEqualTo("public-read");
  }

  @Test
  void contentTypesOfItsOwnAndAnIgnoredExtension() {
    Manifest.S3Import manifest =
        read(
            COMMON
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
    assertThat(rows(manifest))
        .containsExactly(
            "SIGNATURE 103 Ignored",
            "Notice.txt 200 myawsbucket/dropoffNotice.txt text/html",
            "README.txt 200 myawsbucket/dropoffREADME.txt text/html",
            "images/wookie1.jpg 200 myawsbucket/dropoffimages/wookie1.jpg"
                + " application/octet-stream",
            "images/chewie.GIF 200 myawsbucket/dropoffimages/chewie.GIF image/gif",
            "images/resources/chewie.psd 103 Ignored",
            "images/chewie.TIF 200 myawsbucket/dropoffimages/chewie.TIF image/tiff");
  }

  @Test
  void theLogGoesToItsOwnBucketAndExportsHaveTheirOwnName() {
    Manifest.S3Import manifest = read(COMMON + "logBucket: my-logs\nlogPrefix: logs\n");
    assertThat(LogLocation.of(manifest, JOB))
        .isEqualTo(new LogLocation("my-logs", "logsimport-log-TSTD1"));
    String export =
        COMMON
                .replace("bucket: myawsbucket", "logBucket: my-logs")
                .replace("eraseDevice: Yes\n", "")
            + """
            fileSystem: EXT4
            logPrefix: logs/
            operations:
            - exportBucket: myawsbucket
            """;
    assertThat(LogLocation.of(accepted(JobType.EXPORT, export), JOB))
        .isEqualTo(new LogLocation("my-logs", "logs/export-log-TSTD1"));
  }

  private static List<String> rows(Manifest.S3Import manifest) {
    ImportRules rules = ImportRules.of(manifest.load());
    return FILES.stream()
        .map(file ->
            switch (rules.name(file)) {
              case ImportNames.Ignore _ -> file + " 103 Ignored";
              case ImportNames.Refuse refuse -> file + " " + refuse.status();
              case ImportNames.Load load ->
                  file
                      + " 200 myawsbucket/"
                      + load.key()
                      + " "
                      + headers(manifest.load(), file).contentType();
            })
        .toList();
  }

  private static ObjectHeaders headers(S3ImportManifest manifest, String file) {
    return ObjectRules.of(manifest)
        .headers(file, Instant.parse("2009-02-03T21:57:43Z"), ByteBuffer.allocate(16));
  }

  private static Manifest.S3Import read(String text) {
    return (Manifest.S3Import) accepted(JobType.IMPORT, text);
  }

  private static Manifest accepted(JobType type, String text) {
    ManifestResult result =
        new ManifestReader(Regions.ofGuide())
            .read(Submission.unsigned(type, text), BucketRegions.unknown());
    assertThat(result).isInstanceOf(ManifestResult.Accepted.class);
    return ((ManifestResult.Accepted) result).manifest();
  }
}
