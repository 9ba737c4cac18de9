package org.diskferry.depot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.diskferry.access.signing.PayloadHash;
import org.diskferry.depot.S3Client.Reply;
import org.diskferry.postgres.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectsTest {
  @TempDir static Path directory;
  private static TestDatabase database;
  private static TestDepot depot;
  private static S3Client owner;

  @BeforeAll
  static void start() throws Exception {
    database = TestDatabase.create();
    depot = TestDepot.start(database, directory);
    owner = depot.client(TestDepot.OWNER);
    owner.put("first", "", "");
  }

  @AfterAll
  static void stop() {
    depot.close();
    database.close();
  }

  @Test
  void anObjectComesBackAsItWasStored() throws Exception {
    Reply put =
        owner.put(
            "first",
            "a/b.txt",
            "hello",
            "Content-Type: text/plain;charset=UTF-8",
            "Cache-Control: max-age=60",
            "Content-Disposition: attachment; filename=\"b.txt\"",
            "Content-Language: de",
            "Expires: Thu, 01 Dec 2033 16:00:00 GMT",
            "x-amz-meta-Author: Grüße",
            "x-amz-storage-class: REDUCED_REDUNDANCY");
    assertThat(put.status()).as(put.text()).isEqualTo(200);
    assertThat(put.header("etag")).isEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");

    Reply got = owner.get("first", "a/b.txt");
    assertThat(got.status()).as(got.text()).isEqualTo(200);
    assertThat(got.text()).isEqualTo("hello");
    assertThat(got.header("content-type")).isEqualTo("text/plain;charset=UTF-8");
    assertThat(got.header("cache-control")).isEqualTo("max-age=60");
    assertThat(got.header("content-disposition")).isEqualTo("attachment; filename=\"b.txt\"");
    assertThat(got.header("content-language")).isEqualTo("de");
    assertThat(got.header("expires")).isEqualTo("Thu, 01 Dec 2033 16:00:00 GMT");
    assertThat(got.header("x-amz-storage-class")).isEqualTo("REDUCED_REDUNDANCY");
    assertThat(
            new String(
                got.header("x-amz-meta-author").getBytes(StandardCharsets.ISO_8859_1),
                StandardCharsets.UTF_8))
        .isEqualTo("Grüße");
  }

  @Test
  void anObjectIsReplacedAndDeleted() throws Exception {
    owner.put("first", "twice", "one");
    owner.put("first", "twice", "two!");
    assertThat(owner.get("first", "twice").text()).isEqualTo("two!");
    owner.put("first", "twice", "");
    Reply empty = owner.get("first", "twice");
    assertThat(empty.status()).isEqualTo(200);
    assertThat(empty.header("content-length")).isEqualTo("0");
    assertThat(empty.header("etag")).isEqualTo("\"d41d8cd98f00b204e9800998ecf8427e\"");
    assertThat(owner.delete("first", "twice").status()).isEqualTo(204);
    assertThat(owner.delete("first", "twice").status()).isEqualTo(204);
    Reply gone = owner.get("first", "twice");
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.element("Code")).isEqualTo("NoSuchKey");
    assertThat(gone.element("RequestId")).isEqualTo(gone.header("x-amz-request-id")).isNotEmpty();
    assertThat(gone.header("date")).isNotEmpty();
    assertThat(owner.head("first", "twice").status()).isEqualTo(404);
  }

  @Test
  void rangesOfALargeObject() throws Exception {
    byte[] bytes = new byte[3_000_000];
    new Random(1).nextBytes(bytes);
    owner.put("first", "large", bytes);
    assertThat(owner.get("first", "large").body()).isEqualTo(bytes);
    assertRange(bytes, "bytes=0-0", 0, 1);
    assertRange(bytes, "bytes=262143-262145", 262143, 262146);
    assertRange(bytes, "bytes=1000000-", 1_000_000, 3_000_000);
    assertRange(bytes, "bytes=-7", 2_999_993, 3_000_000);
    assertRange(bytes, "bytes=2999999-9999999", 2_999_999, 3_000_000);
    Reply outside = owner.get("first", "large", "Range: bytes=3000000-");
    assertThat(outside.status()).isEqualTo(416);
    assertThat(outside.element("Code")).isEqualTo("InvalidRange");
    assertThat(owner.get("first", "large", "Range: lines=1-2").status()).isEqualTo(200);
    Reply head = owner.head("first", "large", "Range: bytes=5-9");
    assertThat(head.status()).isEqualTo(206);
    assertThat(head.header("content-length")).isEqualTo("5");
  }

  private static void assertRange(byte[] bytes, String range, int from, int end) throws Exception {
    Reply reply = owner.get("first", "large", "Range: " + range);
    assertThat(reply.status()).isEqualTo(206);
    assertThat(reply.header("content-range"))
        .isEqualTo("bytes %d-%d/%d".formatted(from, end - 1, bytes.length));
    assertThat(reply.body()).isEqualTo(Arrays.copyOfRange(bytes, from, end));
  }

  @Test
  void conditionsOfAReadAreHonoured() throws Exception {
    owner.put("first", "cond", "x");
    Reply got = owner.get("first", "cond");
    String etag = got.header("etag");
    String modified = got.header("last-modified");
    assertThat(owner.get("first", "cond", "If-Match: " + etag).status()).isEqualTo(200);
    assertThat(owner.get("first", "cond", "If-Match: \"other\"").status()).isEqualTo(412);
    assertThat(owner.get("first", "cond", "If-None-Match: " + etag).status()).isEqualTo(304);
    assertThat(owner.get("first", "cond", "If-None-Match: \"other\"").status()).isEqualTo(200);
    assertThat(owner.get("first", "cond", "If-Modified-Since: " + modified).status())
        .isEqualTo(304);
    assertThat(owner.get("first", "cond", "If-Unmodified-Since: " + modified).status())
        .isEqualTo(200);
    assertThat(
            owner
                .get("first", "cond", "If-Unmodified-Since: Tue, 03 Feb 2009 21:57:43 GMT")
                .status())
        .isEqualTo(412);
  }

  @Test
  void conditionsOfAWriteAreHonoured() throws Exception {
    assertThat(owner.put("first", "once", "1", "If-None-Match: *").status()).isEqualTo(200);
    assertThat(owner.put("first", "once", "2", "If-None-Match: *").status()).isEqualTo(412);
    String etag = owner.head("first", "once").header("etag");
    assertThat(owner.put("first", "once", "3", "If-Match: " + etag).status()).isEqualTo(200);
    assertThat(owner.put("first", "once", "4", "If-Match: " + etag).status()).isEqualTo(412);
    assertThat(owner.put("first", "none", "5", "If-Match: " + etag).status()).isEqualTo(404);
    assertThat(owner.get("first", "once").text()).isEqualTo("3");
  }

  @Test
  void twoThatWriteOneKeyAtOnceLeaveOneWholeObject() throws Exception {
    List<Thread> writers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String body = String.valueOf((char) ('a' + i)).repeat(1000);
      writers.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  assertThat(owner.put("first", "contended", body).status()).isEqualTo(200);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              }));
    }
    for (Thread writer : writers) {
      writer.join();
    }
    String text = owner.get("first", "contended").text();
    assertThat(text).isEqualTo(text.substring(0, 1).repeat(1000));
  }

  @Test
  void aWrongDigestIsRefusedAndNothingIsStored() throws Exception {
    Reply wrong = owner.put("first", "digest", "x", "Content-MD5: XUFAKrxLKna5cZ2REBfFkg==");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.element("Code")).isEqualTo("BadDigest");
    Reply invalid = owner.put("first", "digest", "x", "Content-MD5: not-base64");
    assertThat(invalid.element("Code")).isEqualTo("InvalidDigest");
    Reply hash = owner.send("PUT", "/first/digest", "", new byte[3], PayloadHash.of(new byte[4]));
    assertThat(hash.element("Code")).isEqualTo("XAmzContentSHA256Mismatch");
    Reply crc = owner.put("first", "digest", "x", "x-amz-checksum-crc32: AAAAAA==");
    assertThat(crc.element("Code")).isEqualTo("BadDigest");
    Reply two =
        owner.put(
            "first",
            "digest",
            "x",
            "x-amz-checksum-crc32: AAAAAA==",
            "x-amz-checksum-crc32c: AAAAAA==");
    assertThat(two.element("Code")).isEqualTo("InvalidRequest");
    assertThat(owner.get("first", "digest").status()).isEqualTo(404);
  }

  /// Check values of the algorithms' own standards, for the text that those use.
  @ParameterizedTest
  @CsvSource({
    "crc32, y/Q5Jg==",
    "crc32c, 4waSgw==",
    "crc64nvme, rosUhgp5mIg=",
    "sha1, 98O8HYCOBHMq32eZZczDTKeuNEE=",
    "sha256, FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU="
  })
  void checksumsAreVerifiedStoredAndReturned(String name, String value) throws Exception {
    String header = "x-amz-checksum-" + name;
    Reply put = owner.put("first", "sum-" + name, "123456789", header + ": " + value);
    assertThat(put.status()).as(put.text()).isEqualTo(200);
    assertThat(put.header(header)).isEqualTo(value);
    Reply head = owner.head("first", "sum-" + name, "x-amz-checksum-mode: ENABLED");
    assertThat(head.header(header)).isEqualTo(value);
    assertThat(head.header("x-amz-checksum-type")).isEqualTo("FULL_OBJECT");
    assertThat(owner.head("first", "sum-" + name).header(header)).isEmpty();
  }

  @Test
  void withoutAChecksumOfTheClientsTheCrc32cIsTold() throws Exception {
    owner.put("first", "plain", "123456789");
    Reply head = owner.head("first", "plain", "x-amz-checksum-mode: ENABLED");
    assertThat(head.header("x-amz-checksum-crc32c")).isEqualTo("4waSgw==");
  }

  @Test
  void metadataHasALimit() throws Exception {
    assertThat(owner.put("first", "m", "x", "x-amz-meta-a: " + "v".repeat(2047)).status())
        .isEqualTo(200);
    Reply over = owner.put("first", "m", "x", "x-amz-meta-a: " + "v".repeat(2048));
    assertThat(over.element("Code")).isEqualTo("MetadataTooLarge");
  }

  @Test
  void aCopyHasTheBytesAndTheMetadataOfItsSourceOrNewOnes() throws Exception {
    byte[] bytes = new byte[2_000_000];
    owner.put("first", "source", bytes, "Content-Type: a/b", "x-amz-meta-k: v");
    Reply copy =
        owner.send("PUT", "/first/copy", "", new byte[0], "x-amz-copy-source: /first/source");
    assertThat(copy.status()).as(copy.text()).isEqualTo(200);
    Reply got = owner.get("first", "copy");
    assertThat(got.body()).isEqualTo(bytes);
    assertThat(got.header("content-type")).isEqualTo("a/b");
    assertThat(got.header("x-amz-meta-k")).isEqualTo("v");
    owner.delete("first", "source");
    assertThat(owner.get("first", "copy").body()).isEqualTo(bytes);

    owner.send(
        "PUT",
        "/first/copy",
        "",
        new byte[0],
        "x-amz-copy-source: first/copy",
        "x-amz-metadata-directive: REPLACE",
        "Content-Type: c/d");
    Reply replaced = owner.get("first", "copy");
    assertThat(replaced.body()).isEqualTo(bytes);
    assertThat(replaced.header("content-type")).isEqualTo("c/d");
    assertThat(replaced.header("x-amz-meta-k")).isEmpty();
    Reply same = owner.send("PUT", "/first/copy", "", new byte[0], "x-amz-copy-source: first/copy");
    assertThat(same.element("Code")).isEqualTo("InvalidRequest");
    Reply missing =
        owner.send("PUT", "/first/copy", "", new byte[0], "x-amz-copy-source: first/none");
    assertThat(missing.element("Code")).isEqualTo("NoSuchKey");
  }

  @Test
  void manyAreDeletedAtOnce() throws Exception {
    owner.put("first", "many/1", "x");
    owner.put("first", "many/2 <&>", "x");
    String document =
        "<Delete><Object><Key>many/1</Key></Object><Object><Key>many/2 &lt;&amp;&gt;</Key></Object>"
            + "<Object><Key>many/&#1;</Key></Object></Delete>";
    Reply reply =
        owner.send("POST", "/first", "delete=", document.getBytes(StandardCharsets.UTF_8));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.elements("Key"))
        .containsExactly("many/1", "many/2 &lt;&amp;&gt;", "many/\ufffd");
    assertThat(owner.get("first", "many/1").status()).isEqualTo(404);
    assertThat(owner.get("first", "many/2 <&>").status()).isEqualTo(404);
  }

  @Test
  void whoHasTheObjectAlreadyIsToldWhichOne() throws Exception {
    owner.put("first", "same", "x");
    String etag = owner.head("first", "same").header("etag");
    Reply reply = owner.get("first", "same", "If-None-Match: " + etag);
    assertThat(reply.status()).isEqualTo(304);
    assertThat(reply.header("etag")).isEqualTo(etag);
    assertThat(reply.header("last-modified")).endsWith("GMT");
    // The first of each pair counts, as RFC 9110 has it.
    String past = "Sat, 01 Jan 2000 00:00:00 GMT";
    String future = "Fri, 01 Jan 2100 00:00:00 GMT";
    assertThat(status(etag, "If-Match: " + etag, "If-Unmodified-Since: " + past)).isEqualTo(200);
    assertThat(status(etag, "If-Match: \"no\"", "If-Unmodified-Since: " + future)).isEqualTo(412);
    assertThat(status(etag, "If-None-Match: \"no\"", "If-Modified-Since: " + future))
        .isEqualTo(200);
    assertThat(status(etag, "If-None-Match: " + etag, "If-Modified-Since: " + past)).isEqualTo(304);
    assertThat(status(etag, "If-Match: " + etag, "If-None-Match: " + etag)).isEqualTo(304);
    assertThat(status(etag, "If-Unmodified-Since: " + past)).isEqualTo(412);
    assertThat(status(etag, "If-Modified-Since: " + future)).isEqualTo(304);
    assertThat(status(etag, "If-Modified-Since: not a date")).isEqualTo(200);
  }

  @Test
  void aBucketOfSomebodyElseThanExpectedIsNotTouched() throws Exception {
    String right = "x-amz-expected-bucket-owner: 111111111111";
    String wrong = "x-amz-expected-bucket-owner: 222222222222";
    assertThat(owner.put("first", "expected", "x", right).status()).isEqualTo(200);
    assertThat(owner.put("first", "expected", "y", wrong).element("Code"))
        .isEqualTo("AccessDenied");
    assertThat(owner.get("first", "expected").text()).isEqualTo("x");
    assertThat(owner.send("GET", "/first", "list-type=2", new byte[0], wrong).status())
        .isEqualTo(403);
    Reply copy =
        owner.put(
            "first",
            "copy",
            "",
            "x-amz-copy-source: first/expected",
            "x-amz-source-expected-bucket-owner: 222222222222");
    assertThat(copy.element("Code")).isEqualTo("AccessDenied");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"})
  void aCopyGetsTheChecksumThatIsAskedFor(String algorithm) throws Exception {
    byte[] bytes = new byte[700_000];
    new Random(3).nextBytes(bytes);
    owner.put("first", "source", bytes);
    owner.put(
        "first",
        "asked",
        "",
        "x-amz-copy-source: first/source",
        "x-amz-checksum-algorithm: " + algorithm);
    String name = "x-amz-checksum-" + algorithm.toLowerCase(Locale.ROOT);
    String told = owner.head("first", "asked", "x-amz-checksum-mode: ENABLED").header(name);
    // The store compares what a client says: so this is what the bytes have.
    assertThat(owner.put("first", "again", bytes, name + ": " + told).status()).isEqualTo(200);
    owner.put("first", "kept", "", "x-amz-copy-source: first/asked");
    assertThat(owner.head("first", "kept", "x-amz-checksum-mode: ENABLED").header(name))
        .isEqualTo(told)
        .isNotEmpty();
  }

  @Test
  void anAnnouncedChecksumMustCome() throws Exception {
    Reply reply = owner.put("first", "announced", "x", "x-amz-sdk-checksum-algorithm: CRC32");
    assertThat(reply.element("Code")).isEqualTo("InvalidRequest");
    assertThat(owner.get("first", "announced").status()).isEqualTo(404);
  }

  @Test
  void bucketsAreListedInPages() throws Exception {
    for (String name : List.of("pages-a", "pages-b", "pages-c")) {
      owner.put(name, "", "");
    }
    Reply first = owner.send("GET", "/", "prefix=pages-&max-buckets=2", new byte[0]);
    assertThat(first.elements("Name")).containsExactly("pages-a", "pages-b");
    String token = first.element("ContinuationToken");
    Reply rest = owner.send("GET", "/", "prefix=pages-&continuation-token=" + token, new byte[0]);
    assertThat(rest.elements("Name")).containsExactly("pages-c");
    assertThat(rest.element("ContinuationToken")).isEmpty();
  }

  private static int status(String etag, String... conditions) throws Exception {
    assertThat(etag).isNotEmpty();
    return owner.get("first", "same", conditions).status();
  }

  @Test
  void whatIsNotSupportedIsSaidToBeNot() throws Exception {
    assertThat(owner.send("GET", "/first", "policy=", new byte[0]).status()).isEqualTo(501);
    assertThat(owner.send("GET", "/first/x", "lifecycle=", new byte[0]).status()).isEqualTo(501);
    assertThat(owner.send("PUT", "/first/x", "tagging=", new byte[0]).status()).isEqualTo(501);
    assertThat(owner.put("first", "x", "x", "x-amz-server-side-encryption: AES256").element("Code"))
        .isEqualTo("NotImplemented");
    assertThat(owner.put("first", "x", "x", "x-amz-storage-class: SHELF").element("Code"))
        .isEqualTo("InvalidStorageClass");
    assertThat(owner.send("PATCH", "/first/x", "", new byte[0]).status()).isEqualTo(405);
  }

  @Test
  void aHeadThatIsTooLongIsAnsweredInXml() throws Exception {
    Reply reply = owner.get("first", "x", "x-amz-meta-a: " + "v".repeat(40_000));
    assertThat(reply.status()).isEqualTo(431);
    assertThat(reply.element("Code")).isEqualTo("InvalidRequest");
  }

  @Test
  void bucketsComeAndGo() throws Exception {
    Reply made =
        owner.send(
            "PUT",
            "/second",
            "",
            "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>"
                .getBytes(StandardCharsets.UTF_8));
    assertThat(made.status()).as(made.text()).isEqualTo(200);
    assertThat(depot.depot().bucketRegion("second")).contains("eu-west-1");
    assertThat(depot.depot().bucketRegion("first")).contains("us-east-1");
    assertThat(owner.send("GET", "/second", "location=", new byte[0]).text())
        .contains(">eu-west-1</LocationConstraint>");
    assertThat(owner.head("second", "").header("x-amz-bucket-region")).isEqualTo("eu-west-1");
    assertThat(owner.put("second", "", "").element("Code")).isEqualTo("BucketAlreadyOwnedByYou");
    S3Client other = depot.client(TestDepot.OTHER);
    assertThat(other.put("second", "", "").element("Code")).isEqualTo("BucketAlreadyExists");
    assertThat(owner.send("GET", "/", "", new byte[0]).elements("Name"))
        .contains("first", "second");
    assertThat(other.send("GET", "/", "", new byte[0]).elements("Name")).isEmpty();
    owner.put("second", "x", "x");
    assertThat(owner.delete("second", "").element("Code")).isEqualTo("BucketNotEmpty");
    owner.delete("second", "x");
    assertThat(owner.delete("second", "").status()).isEqualTo(204);
    assertThat(owner.put("second", "x", "x").element("Code")).isEqualTo("NoSuchBucket");
    assertThat(owner.put("No_Bucket", "", "").element("Code")).isEqualTo("InvalidBucketName");
  }
}
