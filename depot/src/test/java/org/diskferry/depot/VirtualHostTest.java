package org.diskferry.depot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.diskferry.access.signing.Header;
import org.diskferry.access.signing.PayloadHash;
import org.diskferry.access.signing.RequestHead;
import org.diskferry.depot.S3Client.Reply;
import org.diskferry.postgres.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VirtualHostTest {
  private static final byte[] NOTHING = new byte[0];

  @TempDir static Path directory;
  private static TestDatabase database;
  private static TestDepot depot;
  private static S3Client owner;

  @BeforeAll
  static void start() throws Exception {
    database = TestDatabase.create();
    depot = TestDepot.start(database, directory);
    owner = depot.client(TestDepot.OWNER);
    owner.put("archive", "", "");
    owner.put("archive", "key", "content");
    owner.put("archive", "archive/key", "deeper");
  }

  @AfterAll
  static void stop() {
    depot.close();
    database.close();
  }

  private static S3Client at(String host) {
    return owner.saying(host);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "archive.s3.test",
        "archive.s3.test:443",
        "archive.s3.test:8444",
        "ARCHIVE.S3.TEST",
        "archive.localhost"
      })
  void aBucketMayStandInTheHost(String host) throws Exception {
    assertThat(at(host).send("GET", "/key", "", NOTHING).text()).isEqualTo("content");
    assertThat(at(host).send("GET", "/archive/key", "", NOTHING).text()).isEqualTo("deeper");
    assertThat(at(host).send("GET", "/", "prefix=k", NOTHING).elements("Key"))
        .containsExactly("key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3.test", "s3.test:443", "ferry.elsewhere.example", "archive", "[::1]"})
  void anyOtherHostLeavesItToThePath(String host) throws Exception {
    assertThat(at(host).send("GET", "/archive/key", "", NOTHING).text()).isEqualTo("content");
    assertThat(at(host).send("GET", "/", "", NOTHING).elements("Name")).contains("archive");
  }

  @Test
  void aBucketIsMadeFilledAndDroppedUnderItsHost() throws Exception {
    S3Client fresh = at("fresh.s3.test");
    assertThat(fresh.send("PUT", "/", "", NOTHING).status()).isEqualTo(200);
    for (String key : List.of("/a", "/a//b", "//", "/a/..", "/fresh/x", "/%2F")) {
      Reply put = fresh.send("PUT", key, "", key.getBytes(StandardCharsets.UTF_8));
      assertThat(put.status()).as(key + put.text()).isEqualTo(200);
    }
    assertThat(owner.send("GET", "/fresh", "", NOTHING).elements("Key"))
        .containsExactly("/", "a", "a/..", "a//b", "fresh/x");
    assertThat(fresh.send("DELETE", "/", "", NOTHING).element("Code")).isEqualTo("BucketNotEmpty");
  }

  /// As with S3: the path of a request begins at its root.
  @Test
  void aKeyThatLeadsOutOfTheHostIsRefused() throws Exception {
    assertThat(at("archive.s3.test").send("PUT", "/../x", "", NOTHING).status()).isEqualTo(400);
    assertThat(owner.send("PUT", "/archive/../x", "", NOTHING).status()).isEqualTo(200);
    assertThat(owner.delete("archive", "../x").status()).isEqualTo(204);
  }

  @Test
  void aNameThatNoBucketCanHaveIsSaidToBeNone() throws Exception {
    assertThat(at("_.s3.test").send("GET", "/", "", NOTHING).element("Code"))
        .isEqualTo("InvalidBucketName");
    assertThat(at("nobody.s3.test").send("GET", "/", "", NOTHING).element("Code"))
        .isEqualTo("NoSuchBucket");
  }

  /// What a client signs and what arrives may differ by the port that the scheme stands for.
  @ParameterizedTest
  @CsvSource({
    "archive.s3.test:443, archive.s3.test",
    "archive.s3.test, archive.s3.test:443",
    "archive.s3.test:80, archive.s3.test",
    "archive.s3.test, ARCHIVE.s3.test"
  })
  void aProxyMayAddOrTakeAwayAPort(String signed, String sent) throws Exception {
    assertThat(sent(signed, sent).text()).isEqualTo("content");
  }

  @ParameterizedTest
  @CsvSource({"archive.s3.test, other.s3.test", "archive.s3.test:8444, archive.s3.test:8445"})
  void whatIsSignedForOneHostServesForNoOther(String signed, String sent) throws Exception {
    assertThat(sent(signed, sent).element("Code")).isEqualTo("SignatureDoesNotMatch");
  }

  private static Reply sent(String signed, String sent) throws IOException {
    RequestHead head = at(signed).unsigned("GET", "/key", "");
    List<Header> headers = new ArrayList<>(at(sent).unsigned("GET", "/key", "").headers());
    headers.addAll(owner.sign(head, PayloadHash.EMPTY).headers());
    return owner.exchange(new RequestHead("GET", "/key", "", headers), NOTHING);
  }

  @Test
  void version2SignsTheBucketBeforeThePath() throws Exception {
    assertThat(version2("archive.s3.test", "/key", "/archive/key").text()).isEqualTo("content");
    assertThat(version2("archive.s3.test", "/", "/archive/").status()).isEqualTo(200);
    assertThat(version2("archive.s3.test", "/key", "/key").element("Code"))
        .isEqualTo("SignatureDoesNotMatch");
    assertThat(version2("other.s3.test", "/key", "/archive/key").element("Code"))
        .isEqualTo("SignatureDoesNotMatch");
  }

  private static Reply version2(String host, String path, String resource) throws Exception {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().atOffset(ZoneOffset.UTC));
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec("secret-of-owner".getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
    byte[] text = ("GET\n\n\n" + date + "\n" + resource).getBytes(StandardCharsets.UTF_8);
    String signature = Base64.getEncoder().encodeToString(mac.doFinal(text));
    RequestHead head =
        at(host)
            .unsigned("GET", path, "", "Date: " + date, "Authorization: AWS OWNERKEY:" + signature);
    return owner.exchange(head, NOTHING);
  }

  @Test
  void aWholeAddressInTheRequestLineIsUnderstood() throws Exception {
    owner.send("PUT", "/archive/public", "", NOTHING, "x-amz-acl: public-read");
    for (String target :
        List.of("http://archive.s3.test/public", "http://s3.test:8444/archive/public")) {
      assertThat(anonymousStatus("HEAD " + target + " HTTP/1.1", target.split("/", -1)[2]))
          .as(target)
          .startsWith("HTTP/1.1 200");
    }
  }

  private static String anonymousStatus(String line, String host) throws IOException {
    try (Socket socket =
        new Socket(depot.depot().endpoint().getHost(), depot.depot().endpoint().getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          (line + "\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}
