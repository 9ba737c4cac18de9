package org.diskferry.depot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.diskferry.access.signing.ChunkChain;
import org.diskferry.access.signing.Header;
import org.diskferry.access.signing.PayloadHash;
import org.diskferry.access.signing.RequestHead;
import org.diskferry.access.signing.V4Signature;
import org.diskferry.depot.S3Client.Reply;
import org.diskferry.postgres.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bodies in the encoding `aws-chunked`, as the SDKs send them.
class ChunkedBodyTest {
  private static final int CHUNK = 64 * 1024;

  @TempDir static Path directory;
  private static TestDatabase database;
  private static TestDepot depot;
  private static S3Client owner;

  @BeforeAll
  static void start() throws Exception {
    database = TestDatabase.create();
    depot = TestDepot.start(database, directory);
    owner = depot.client(TestDepot.OWNER);
    owner.put("bucket", "", "");
  }

  @AfterAll
  static void stop() {
    depot.close();
    database.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, CHUNK, CHUNK + 1, 1_500_000})
  void signedChunksAreVerifiedAndJoined(int length) throws Exception {
    byte[] content = bytes(length);
    Reply put = sendSigned(content, -1, "Content-Encoding: aws-chunked,gzip");
    assertThat(put.status()).as(put.text()).isEqualTo(200);
    Reply got = owner.get("bucket", "signed");
    assertThat(got.body()).isEqualTo(content);
    assertThat(got.header("content-encoding")).isEqualTo("gzip");
  }

  @Test
  void aForgedChunkIsRefused() throws Exception {
    owner.delete("bucket", "signed");
    Reply put = sendSigned(bytes(200_000), 150_000);
    assertThat(put.element("Code")).isEqualTo("SignatureDoesNotMatch");
    assertThat(owner.get("bucket", "signed").status()).isEqualTo(404);
  }

  @Test
  void aTrailingChecksumIsVerified() throws Exception {
    Reply put = sendUnsigned("123456789", "x-amz-checksum-crc32c:4waSgw==");
    assertThat(put.status()).as(put.text()).isEqualTo(200);
    assertThat(put.header("x-amz-checksum-crc32c")).isEqualTo("4waSgw==");
    assertThat(owner.get("bucket", "unsigned").text()).isEqualTo("123456789");
    Reply wrong = sendUnsigned("12345678X", "x-amz-checksum-crc32c:4waSgw==");
    assertThat(wrong.element("Code")).isEqualTo("BadDigest");
    Reply missing = sendUnsigned("123456789", "");
    assertThat(missing.element("Code")).isEqualTo("InvalidRequest");
    Reply other = sendUnsigned("123456789", "x-amz-checksum-crc32:y/Q5Jg==");
    assertThat(other.element("Code")).isEqualTo("InvalidRequest");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zz\r\nabc\r\n0\r\n\r\n",
        "-3\r\nabc\r\n0\r\n\r\n",
        "3\r\nabcd\r\n0\r\n\r\n",
        "7fffffffffffffff\r\nabc\r\n0\r\n\r\n",
        "2\r\nab\r\n0\r\n\r\n",
        "3\r\nab",
        "3\r\nabc\r\n",
        "3"
      })
  void aMalformedBodyIsRefusedAndNothingIsStored(String body) throws Exception {
    Reply reply = raw(body, 3, "none");
    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    assertThat(owner.get("bucket", "none").status()).isEqualTo(404);
  }

  private static Reply sendUnsigned(String content, String trailer) throws Exception {
    String body =
        "5\r\n%s\r\n%x\r\n%s\r\n0\r\n%s\r\n"
            .formatted(
                content.substring(0, 5),
                content.length() - 5,
                content.substring(5),
                trailer.isEmpty() ? "" : trailer + "\r\n");
    return raw(body, content.length(), "unsigned", "x-amz-trailer: x-amz-checksum-crc32c");
  }

  private static Reply raw(String body, int length, String key, String... headers)
      throws Exception {
    List<String> all = new ArrayList<>(Arrays.asList(headers));
    all.add("x-amz-decoded-content-length: " + length);
    return owner.send(
        "PUT",
        "/bucket/" + key,
        "",
        body.getBytes(StandardCharsets.US_ASCII),
        PayloadHash.UNSIGNED_TRAILER,
        all.toArray(String[]::new));
  }

  private static Reply sendSigned(byte[] content, int flipped, String... headers) throws Exception {
    List<String> all = new ArrayList<>(Arrays.asList(headers));
    all.add("x-amz-decoded-content-length: " + content.length);
    RequestHead head = owner.unsigned("PUT", "/bucket/signed", "", all.toArray(String[]::new));
    V4Signature signature = owner.sign(head, PayloadHash.CHUNKED);
    List<Header> signed = new ArrayList<>(head.headers());
    signed.addAll(signature.headers());
    byte[] body = chunks(content, signature.chunks(), flipped);
    return owner.exchange(new RequestHead("PUT", "/bucket/signed", "", signed), body);
  }

  private static byte[] chunks(byte[] content, ChunkChain chain, int flipped) throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int at = 0;
    int length;
    do {
      length = Math.min(CHUNK, content.length - at);
      byte[] chunk = Arrays.copyOfRange(content, at, at + length);
      String signature = chain.chunk(MessageDigest.getInstance("SHA-256").digest(chunk));
      if (flipped >= at && flipped < at + length) {
        chunk[flipped - at] ^= 1;
      }
      String line = "%x;chunk-signature=%s\r\n".formatted(length, signature);
      body.writeBytes(line.getBytes(StandardCharsets.US_ASCII));
      body.writeBytes(chunk);
      body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
      at += length;
    } while (length > 0);
    return body.toByteArray();
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
