package org.diskferry.depot;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.diskferry.access.signing.RequestHead;
import org.diskferry.depot.S3Client.Reply;
import org.diskferry.postgres.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Requests signed as object stores had it before Signature Version 4, by an implementation of the
/// test's own.
class OldSigningTest {
  private static final byte[] NOTHING = new byte[0];

  @TempDir static Path directory;
  private static TestDatabase database;
  private static TestDepot depot;
  private static S3Client owner;
  private static S3Client anonymous;

  @BeforeAll
  static void start() throws Exception {
    database = TestDatabase.create();
    depot = TestDepot.start(database, directory);
    owner = depot.client(TestDepot.OWNER);
    anonymous = S3Client.anonymous(depot.depot().endpoint());
    owner.put("bucket", "", "");
    owner.put("bucket", "a b/ü", "content");
  }

  @AfterAll
  static void stop() {
    depot.close();
    database.close();
  }

  @Test
  void aHeaderSignsMethodResourceAndHeaders() throws Exception {
    Reply put = send("PUT", "/bucket/old", "", "hello", "x-amz-meta-a:b");
    assertThat(put.status()).as(put.text()).isEqualTo(200);
    assertThat(send("GET", "/bucket/old", "", "").text()).isEqualTo("hello");
    assertThat(owner.head("bucket", "old").header("x-amz-meta-a")).isEqualTo("b");
    assertThat(send("GET", "/bucket/", "acl", "").text()).contains("FULL_CONTROL");
    assertThat(send("DELETE", "/bucket/old", "", "").status()).isEqualTo(204);
  }

  @Test
  void aPresignedAddressServesUntilItExpires() throws Exception {
    String path = S3Client.path("bucket", "a b/ü");
    Instant now = Instant.now();
    assertThat(presigned(path, "", now.plusSeconds(60)).text()).isEqualTo("content");
    // Nothing but its signer limits it.
    assertThat(presigned(path, "", now.plusSeconds(20L * 365 * 86_400)).status()).isEqualTo(200);
    Reply late = presigned(path, "", now.minusSeconds(5));
    assertThat(late.status()).isEqualTo(403);
    assertThat(late.element("Code")).isEqualTo("AccessDenied");
    Reply named = presigned(path, "response-content-type=text/x", now.plusSeconds(60));
    assertThat(named.header("content-type")).isEqualTo("text/x");
    String query = query(path, "", now.plusSeconds(60));
    assertThat(anonymous.send("GET", "/bucket/other", query, NOTHING).element("Code"))
        .isEqualTo("SignatureDoesNotMatch");
    assertThat(anonymous.send("GET", path, "AWSAccessKeyId=OWNERKEY", NOTHING).element("Code"))
        .isEqualTo("AuthorizationQueryParametersError");
  }

  @Test
  void whatAPresignedAddressSaysOfGrantsIsDone() throws Exception {
    String path = "/bucket/granted";
    long expires = Instant.now().getEpochSecond() + 60;
    String text = "PUT\n\n\n" + expires + "\nx-amz-acl:public-read\n" + path;
    String query =
        "AWSAccessKeyId=OWNERKEY&Expires=%d&x-amz-acl=public-read&Signature=%s"
            .formatted(expires, URLEncoder.encode(signature(text), StandardCharsets.UTF_8));
    assertThat(anonymous.send("PUT", path, query, NOTHING).status()).isEqualTo(200);
    assertThat(anonymous.get("bucket", "granted").status()).isEqualTo(200);
  }

  private static Reply presigned(String path, String more, Instant expires) throws Exception {
    return anonymous.send("GET", path, query(path, more, expires), NOTHING);
  }

  private static String query(String path, String more, Instant expires) throws Exception {
    String text =
        "GET\n\n\n" + expires.getEpochSecond() + "\n" + path + (more.isEmpty() ? "" : "?" + more);
    return "AWSAccessKeyId=OWNERKEY&Expires=%d&Signature=%s%s"
        .formatted(
            expires.getEpochSecond(),
            URLEncoder.encode(signature(text), StandardCharsets.UTF_8),
            more.isEmpty() ? "" : "&" + more);
  }

  private static Reply send(String method, String path, String query, String body, String... amz)
      throws Exception {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().atOffset(ZoneOffset.UTC));
    StringBuilder text = new StringBuilder(method + "\n\n\n" + date + "\n");
    for (String header : amz) {
      text.append(header).append('\n');
    }
    text.append(path).append(query.isEmpty() ? "" : "?" + query);
    String[] headers = new String[amz.length + 2];
    System.arraycopy(amz, 0, headers, 0, amz.length);
    headers[amz.length] = "Date: " + date;
    headers[amz.length + 1] = "Authorization: AWS OWNERKEY:" + signature(text.toString());
    RequestHead head = anonymous.unsigned(method, path, query, headers);
    return anonymous.exchange(head, body.getBytes(StandardCharsets.UTF_8));
  }

  private static String signature(String text) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec("secret-of-owner".getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
    return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
  }
}
