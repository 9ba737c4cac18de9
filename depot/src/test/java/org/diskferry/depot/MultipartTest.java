package org.diskferry.depot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.diskferry.depot.S3Client.Reply;
import org.diskferry.postgres.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MultipartTest {
  private static final int MIB = 1024 * 1024;
  private static final byte[] NOTHING = new byte[0];

  @TempDir static Path directory;
  private static TestDatabase database;
  private static TestDepot depot;
  private static S3Client owner;
  private static byte[] content;

  @BeforeAll
  static void start() throws Exception {
    database = TestDatabase.create();
    depot = TestDepot.start(database, directory);
    owner = depot.client(TestDepot.OWNER);
    owner.put("bucket", "", "");
    content = new byte[11 * MIB];
    new Random(3).nextBytes(content);
  }

  @AfterAll
  static void stop() {
    depot.close();
    database.close();
  }

  @Test
  void anObjectIsMadeOfParts() throws Exception {
    String upload = begin("made", "Content-Type: a/b", "x-amz-meta-k: v");
    List<String> etags = new ArrayList<>();
    etags.add(part("made", upload, 1, slice(0, 5)).header("etag"));
    etags.add(part("made", upload, 2, slice(5, 10)).header("etag"));
    etags.add(part("made", upload, 5, slice(10, 11)).header("etag"));
    assertThat(owner.get("bucket", "made").status()).isEqualTo(404);
    Reply done = complete("made", upload, List.of(1, 2, 5), etags);
    assertThat(done.status()).as(done.text()).isEqualTo(200);
    assertThat(done.element("ETag")).isEqualTo("&quot;" + expectedEtag() + "&quot;");

    Reply got = owner.get("bucket", "made");
    assertThat(got.body()).isEqualTo(content);
    assertThat(got.header("etag")).isEqualTo("\"" + expectedEtag() + "\"");
    assertThat(got.header("content-type")).isEqualTo("a/b");
    assertThat(got.header("x-amz-meta-k")).isEqualTo("v");
    assertThat(
            owner
                .get("bucket", "made", "Range: bytes=%d-%d".formatted(5 * MIB - 2, 5 * MIB + 1))
                .body())
        .isEqualTo(Arrays.copyOfRange(content, 5 * MIB - 2, 5 * MIB + 2));
    Reply second = owner.send("GET", "/bucket/made", "partNumber=2", NOTHING);
    assertThat(second.status()).isEqualTo(206);
    assertThat(second.body()).isEqualTo(slice(5, 10));
    assertThat(second.header("x-amz-mp-parts-count")).isEqualTo("3");
  }

  @Test
  void aSecondCompleteIsAnsweredLikeTheFirst() throws Exception {
    String upload = begin("twice");
    String etag = part("twice", upload, 1, slice(0, 1)).header("etag");
    Reply first = complete("twice", upload, List.of(1), List.of(etag));
    Reply second = complete("twice", upload, List.of(1), List.of(etag));
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.element("ETag")).isEqualTo(first.element("ETag"));
    owner.put("bucket", "twice", "replaced");
    assertThat(complete("twice", upload, List.of(1), List.of(etag)).element("Code"))
        .isEqualTo("NoSuchUpload");
    assertThat(owner.get("bucket", "twice").text()).isEqualTo("replaced");
  }

  @Test
  void theListOfPartsMustBeRight() throws Exception {
    String upload = begin("rules");
    String one = part("rules", upload, 1, slice(0, 1)).header("etag");
    String two = part("rules", upload, 2, slice(1, 2)).header("etag");
    assertThat(complete("rules", upload, List.of(2, 1), List.of(two, one)).element("Code"))
        .isEqualTo("InvalidPartOrder");
    assertThat(complete("rules", upload, List.of(1, 3), List.of(one, two)).element("Code"))
        .isEqualTo("InvalidPart");
    assertThat(complete("rules", upload, List.of(1), List.of(two)).element("Code"))
        .isEqualTo("InvalidPart");
    assertThat(complete("rules", upload, List.of(1, 2), List.of(one, two)).element("Code"))
        .isEqualTo("EntityTooSmall");
    assertThat(complete("rules", upload, List.of(2), List.of(two)).status()).isEqualTo(200);
    assertThat(owner.get("bucket", "rules").body()).isEqualTo(slice(1, 2));
  }

  @Test
  void aPartIsReplaced() throws Exception {
    String upload = begin("replace");
    part("replace", upload, 1, slice(0, 1));
    String etag = part("replace", upload, 1, slice(3, 4)).header("etag");
    assertThat(complete("replace", upload, List.of(1), List.of(etag)).status()).isEqualTo(200);
    assertThat(owner.get("bucket", "replace").body()).isEqualTo(slice(3, 4));
  }

  @Test
  void theLastPartMayBeEmpty() throws Exception {
    String upload = begin("empty");
    String etag = part("empty", upload, 1, NOTHING).header("etag");
    assertThat(complete("empty", upload, List.of(1), List.of(etag)).status()).isEqualTo(200);
    Reply got = owner.get("bucket", "empty");
    assertThat(got.status()).isEqualTo(200);
    assertThat(got.body()).isEmpty();
  }

  @Test
  void uploadsAndPartsAreListedAndAborted() throws Exception {
    String upload = begin("list/a");
    String later = begin("list/a");
    String other = begin("list/b");
    for (int number : List.of(1, 2, 3)) {
      part("list/a", upload, number, slice(number, number + 1));
    }
    Reply page =
        owner.send("GET", "/bucket/list/a", "uploadId=%s&max-parts=2".formatted(upload), NOTHING);
    assertThat(page.elements("PartNumber")).containsExactly("1", "2");
    assertThat(page.element("IsTruncated")).isEqualTo("true");
    Reply rest =
        owner.send(
            "GET",
            "/bucket/list/a",
            "uploadId=%s&part-number-marker=%s"
                .formatted(upload, page.element("NextPartNumberMarker")),
            NOTHING);
    assertThat(rest.elements("PartNumber")).containsExactly("3");
    Reply uploads = owner.send("GET", "/bucket", "uploads=&prefix=list%2F", NOTHING);
    assertThat(uploads.elements("UploadId")).containsExactly(upload, later, other);
    Reply first = owner.send("GET", "/bucket", "uploads=&prefix=list%2F&max-uploads=1", NOTHING);
    Reply second =
        owner.send(
            "GET",
            "/bucket",
            "uploads=&prefix=list%2F&key-marker=list%2Fa&upload-id-marker="
                + first.element("NextUploadIdMarker"),
            NOTHING);
    assertThat(second.elements("UploadId")).containsExactly(later, other);
    for (String id : List.of(later, other)) {
      String key = id.equals(other) ? "list/b" : "list/a";
      assertThat(owner.send("DELETE", "/bucket/" + key, "uploadId=" + id, NOTHING).status())
          .isEqualTo(204);
    }
    assertThat(owner.send("DELETE", "/bucket/list/a", "uploadId=" + upload, NOTHING).status())
        .isEqualTo(204);
    assertThat(part("list/a", upload, 4, slice(0, 1)).element("Code")).isEqualTo("NoSuchUpload");
    assertThat(owner.send("DELETE", "/bucket/list/a", "uploadId=" + upload, NOTHING).status())
        .isEqualTo(404);
  }

  @Test
  void aPartIsCopiedFromARange() throws Exception {
    owner.put("bucket", "source", content);
    String upload = begin("copied");
    List<String> etags = new ArrayList<>();
    etags.add(copyPart(upload, 1, "bytes=0-5242879").element("ETag").replace("&quot;", "\""));
    etags.add(
        copyPart(upload, 2, "bytes=5242880-11534335").element("ETag").replace("&quot;", "\""));
    assertThat(copyPart(upload, 3, "bytes=5242880-11534336").element("Code"))
        .isEqualTo("InvalidRange");
    assertThat(complete("copied", upload, List.of(1, 2), etags).status()).isEqualTo(200);
    assertThat(owner.get("bucket", "copied").body()).isEqualTo(content);
  }

  @Test
  void theChecksumOfTheWholeIsJoinedFromTheParts() throws Exception {
    String upload =
        begin("whole", "x-amz-checksum-algorithm: CRC32", "x-amz-checksum-type: FULL_OBJECT");
    List<String> etags =
        List.of(
            part("whole", upload, 1, slice(0, 6)).header("etag"),
            part("whole", upload, 2, slice(6, 11)).header("etag"));
    Reply done = complete("whole", upload, List.of(1, 2), etags);
    CRC32 crc = new CRC32();
    crc.update(content);
    byte[] value = HexFormat.of().parseHex("%08x".formatted(crc.getValue()));
    assertThat(done.element("ChecksumCRC32")).isEqualTo(Base64.getEncoder().encodeToString(value));
    assertThat(done.element("ChecksumType")).isEqualTo("FULL_OBJECT");

    String plain = begin("plain");
    etags =
        List.of(
            part("plain", plain, 1, slice(0, 6)).header("etag"),
            part("plain", plain, 2, slice(6, 11)).header("etag"));
    complete("plain", plain, List.of(1, 2), etags);
    owner.put("bucket", "one", content);
    String mode = "x-amz-checksum-mode: ENABLED";
    assertThat(owner.head("bucket", "plain", mode).header("x-amz-checksum-crc32c"))
        .isEqualTo(owner.head("bucket", "one", mode).header("x-amz-checksum-crc32c"))
        .isNotEmpty();
  }

  @Test
  void aWrongChecksumOfTheWholeIsRefusedAndTheUploadStays() throws Exception {
    String upload =
        begin("whole", "x-amz-checksum-algorithm: CRC64NVME", "x-amz-checksum-type: FULL_OBJECT");
    String etag = part("whole", upload, 1, slice(0, 1)).header("etag");
    String list =
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>%s</ETag></Part></CompleteMultipartUpload>"
            .formatted(etag);
    byte[] body = list.getBytes(StandardCharsets.UTF_8);
    String query = "uploadId=" + upload;
    String wrong = "x-amz-checksum-crc64nvme: AAAAAAAAAAA=";
    assertThat(owner.send("POST", "/bucket/whole", query, body, wrong).element("Code"))
        .isEqualTo("BadDigest");
    String other = "x-amz-checksum-type: COMPOSITE";
    assertThat(owner.send("POST", "/bucket/whole", query, body, other).element("Code"))
        .isEqualTo("InvalidRequest");
    assertThat(owner.send("POST", "/bucket/whole", query, body).status()).isEqualTo(200);
  }

  @Test
  void aCompositeChecksumIsThatOfTheChecksums() throws Exception {
    String upload = begin("composite", "x-amz-checksum-algorithm: SHA256");
    Reply one = part("composite", upload, 1, slice(0, 6));
    Reply two = part("composite", upload, 2, slice(6, 11));
    Reply done =
        complete(
            "composite", upload, List.of(1, 2), List.of(one.header("etag"), two.header("etag")));
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    sha.update(Base64.getDecoder().decode(one.header("x-amz-checksum-sha256")));
    sha.update(Base64.getDecoder().decode(two.header("x-amz-checksum-sha256")));
    assertThat(done.element("ChecksumSHA256"))
        .isEqualTo(Base64.getEncoder().encodeToString(sha.digest()) + "-2");
    assertThat(done.element("ChecksumType")).isEqualTo("COMPOSITE");
    Reply attributes =
        owner.send(
            "GET",
            "/bucket/composite",
            "attributes=",
            NOTHING,
            "x-amz-object-attributes: ObjectParts,ObjectSize");
    assertThat(attributes.element("PartsCount")).isEqualTo("2");
    assertThat(attributes.element("ObjectSize")).isEqualTo(Integer.toString(11 * MIB));
  }

  @Test
  void partsThatWereNotUsedAreGarbage() throws Exception {
    String upload = begin("unused");
    part("unused", upload, 1, slice(0, 5));
    String etag = part("unused", upload, 2, slice(5, 10)).header("etag");
    complete("unused", upload, List.of(2), List.of(etag));
    owner.delete("bucket", "unused");
    long blobs =
        depot
            .depot()
            .scrub(damage -> {
              throw new IllegalStateException(damage.toString());
            })
            .blobs();
    String again = begin("unused");
    part("unused", again, 1, slice(0, 5));
    owner.send("DELETE", "/bucket/unused", "uploadId=" + again, NOTHING);
    assertThat(depot.depot().scrub(damage -> {}).blobs()).isEqualTo(blobs);
  }

  private static String begin(String key, String... headers) throws IOException {
    Reply reply = owner.send("POST", "/bucket/" + key, "uploads=", NOTHING, headers);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.element("UploadId");
  }

  private static Reply part(String key, String upload, int number, byte[] bytes)
      throws IOException {
    String query = "partNumber=%d&uploadId=%s".formatted(number, upload);
    return owner.send("PUT", "/bucket/" + key, query, bytes);
  }

  private static Reply copyPart(String upload, int number, String range) throws IOException {
    String query = "partNumber=%d&uploadId=%s".formatted(number, upload);
    return owner.send(
        "PUT",
        "/bucket/copied",
        query,
        NOTHING,
        "x-amz-copy-source: bucket/source",
        "x-amz-copy-source-range: " + range);
  }

  private static Reply complete(
      String key, String upload, List<Integer> numbers, List<String> etags) throws IOException {
    StringBuilder document = new StringBuilder("<CompleteMultipartUpload>");
    for (int i = 0; i < numbers.size(); i++) {
      document.append(
          "<Part><PartNumber>%d</PartNumber><ETag>%s</ETag></Part>"
              .formatted(numbers.get(i), etags.get(i)));
    }
    document.append("</CompleteMultipartUpload>");
    return owner.send(
        "POST",
        "/bucket/" + key,
        "uploadId=" + upload,
        document.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] slice(int fromMib, int endMib) {
    return Arrays.copyOfRange(content, fromMib * MIB, endMib * MIB);
  }

  private static String expectedEtag() throws Exception {
    MessageDigest all = MessageDigest.getInstance("MD5");
    for (byte[] part : List.of(slice(0, 5), slice(5, 10), slice(10, 11))) {
      all.update(MessageDigest.getInstance("MD5").digest(part));
    }
    return HexFormat.of().formatHex(all.digest()) + "-3";
  }
}
