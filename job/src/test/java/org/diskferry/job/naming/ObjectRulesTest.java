package org.diskferry.job.naming;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectRulesTest {
  private static final Instant TIME = Instant.parse("2011-02-03T01:55:59.9Z");
  private static final byte[] PLAIN = {'h', 'i', '!', '\n'};
  private static final byte[] GZIP = {0x1f, (byte) 0x8b, 8, 0, 0};

  @ParameterizedTest
  @CsvSource({
    "README.txt, text/plain",
    "Notice.txt, text/plain",
    "images/wookie1.jpg, image/jpeg",
    "images/chewie.GIF, image/gif",
    "images/chewie.TIF, image/tiff",
    "images/resources/chewie.psd, image/vnd.adobe.photoshop",
    "README, application/octet-stream",
    "a.b/README, application/octet-stream",
    "data.nobody-knows, application/octet-stream",
    "trailing., application/octet-stream",
    ".txt, application/octet-stream",
    "a.tar.gz, application/gzip",
    "song.mp3, audio/mpeg",
    "table.csv, text/csv",
    "page.html, text/html",
  })
  void theTypeIsThatOfTheRegister(String path, String type) {
    assertThat(type(new ManifestBuilder(), path, PLAIN)).isEqualTo(type);
  }

  @Test
  void theManifestsTypesWinAndTheirCaseCounts() {
    ManifestBuilder manifest =
        new ManifestBuilder()
            .contentTypes(
                Map.of(
                    "jpg", "application/octet-stream",
                    "gif", "application/octet-stream",
                    "tif", "application/octet-stream",
                    "txt", "text/html"));
    assertThat(type(manifest, "Notice.txt", PLAIN)).isEqualTo("text/html");
    assertThat(type(manifest, "images/wookie1.jpg", PLAIN)).isEqualTo("application/octet-stream");
    assertThat(type(manifest, "images/chewie.GIF", PLAIN)).isEqualTo("image/gif");
    assertThat(type(manifest, "images/chewie.TIF", PLAIN)).isEqualTo("image/tiff");
  }

  @Test
  void theDefaultTypeIsForWhatNothingKnows() {
    ManifestBuilder manifest = new ManifestBuilder().defaultContentType("application/x-mine");
    assertThat(type(manifest, "README", PLAIN)).isEqualTo("application/x-mine");
    assertThat(type(manifest, "README.txt", PLAIN)).isEqualTo("text/plain");
    assertThat(type(manifest.gzip(), "text.gz", GZIP)).isEqualTo("application/x-mine");
  }

  @ParameterizedTest
  @CsvSource({
    "text1.html.gz, text/html",
    "text1.html.GZIP, text/html",
    "text2.html, text/html",
    "text.gz, binary/octet-stream",
    "archive.tar.gz, application/x-tar",
    "strange.zzzz.gz, application/octet-stream",
  })
  void aGzipFileIsToldByItsFirstBytesAndTypedByWhatIsInside(String path, String type) {
    ObjectHeaders headers = headers(new ManifestBuilder().gzip(), path, GZIP);
    assertThat(headers.contentEncoding()).isEqualTo("gzip");
    assertThat(headers.contentType()).isEqualTo(type);
  }

  @Test
  void whatIsNotCompressedGetsNoEncodingWhateverItsName() {
    ObjectHeaders headers = headers(new ManifestBuilder().gzip(), "text3.html", PLAIN);
    assertThat(headers.contentEncoding()).isEmpty();
    assertThat(headers.contentType()).isEqualTo("text/html");
    assertThat(headers(new ManifestBuilder().gzip(), "liar.html.gz", PLAIN).contentType())
        .isEqualTo("application/gzip");
    assertThat(
            headers(new ManifestBuilder().gzip(), "short.gz", new byte[] {0x1f}).contentEncoding())
        .isEmpty();
    assertThat(headers(new ManifestBuilder().gzip(), "empty.gz", new byte[0]).contentEncoding())
        .isEmpty();
  }

  @Test
  void withoutTheOptionGzipIsAFileLikeAnyOther() {
    ObjectHeaders headers = headers(new ManifestBuilder(), "text1.html.gz", GZIP);
    assertThat(headers.contentEncoding()).isEmpty();
    assertThat(headers.contentType()).isEqualTo("application/gzip");
  }

  @Test
  void headersOfTheManifestAreOnEveryObject() {
    ObjectHeaders headers = headers(new ManifestBuilder().acl("public-read"), "a", PLAIN);
    assertThat(headers.cacheControl()).isEqualTo("max-age=3600");
    assertThat(headers.contentDisposition()).isEqualTo("attachment");
    assertThat(headers.contentLanguage()).isEqualTo("es");
    assertThat(headers.expires()).isEqualTo("Thu, 07 Jan 2010 16:00:00 GMT");
    assertThat(headers.acl()).isEqualTo("public-read");
    assertThat(headers.storageClass()).isEmpty();
    assertThat(headers.metadata()).isEmpty();
  }

  @Test
  void metadataHasTheFilesTimeAndWhatIsTheSameForAll() {
    ManifestBuilder manifest =
        new ManifestBuilder()
            .timestampKey("Disk-Timestamp")
            .staticMetadata(Map.of("Application", "MyBackupApp"));
    assertThat(headers(manifest, "a", PLAIN).metadata())
        .isEqualTo(
            Map.of(
                "disk-timestamp", "Thu, 03 Feb 2011 01:55:59 GMT", "application", "MyBackupApp"));
  }

  @Test
  void theFirstBytesAreLookedAtAndNotTaken() {
    ByteBuffer bytes = ByteBuffer.wrap(GZIP);
    ObjectRules.of(new ManifestBuilder().gzip().build()).headers("a", TIME, bytes);
    assertThat(bytes.remaining()).isEqualTo(GZIP.length);
  }

  private static String type(ManifestBuilder manifest, String path, byte[] first) {
    return headers(manifest, path, first).contentType();
  }

  private static ObjectHeaders headers(ManifestBuilder manifest, String path, byte[] first) {
    return ObjectRules.of(manifest.build()).headers(path, TIME, ByteBuffer.wrap(first));
  }
}
