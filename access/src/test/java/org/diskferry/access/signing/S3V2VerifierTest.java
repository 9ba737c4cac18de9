package org.diskferry.access.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.diskferry.access.Credentials;
import org.diskferry.access.signing.Verification.Refused;
import org.diskferry.access.signing.Verification.Verified;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Vectors: the worked examples of the S3 developer guide, as requests in path style.
class S3V2VerifierTest {
  private static final String PUPPY = "/johnsmith/photos/puppy.jpg";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /johnsmith/photos/puppy.jpg | '' | Tue, 27 Mar 2007 19:36:42 +0000 | bWq2s1WEIj+Ydj0vQ697zp+IXMU=
          /johnsmith/ | prefix=photos&max-keys=50&marker=puppy | Tue, 27 Mar 2007 19:42:41 +0000 | htDYFYduRNen8P9ZfE/s9SuKy0U=
          /johnsmith/ | acl | Tue, 27 Mar 2007 19:44:46 +0000 | c2WLPFtWHVgbEmeEG93a4cG37dM=
          / | '' | Wed, 28 Mar 2007 01:29:59 +0000 | qGdzdERIC03wnaRNKh6OqZehG9s=
          /dictionary/fran%C3%A7ais/pr%c3%a9f%c3%a8re | '' | Wed, 28 Mar 2007 01:49:49 +0000 | DNEZGsoieTZ92F3bUfSPQcbGmlM=
          """)
  void thePublishedSignaturesAreGood(String path, String query, String date, String signature) {
    assertThat(verify("GET", path, query, date, signature)).isInstanceOf(Verified.class);
    assertRefused(verify("HEAD", path, query, date, signature), Refusal.BAD_SIGNATURE);
  }

  @Test
  void whatIsUploadedIsSignedWithItsHeaders() {
    String date = "Tue, 27 Mar 2007 21:06:08 +0000";
    String[] headers = {
      "Content-MD5: 4gJE4saaMU4BqNR0kLY+lw==",
      "X-Amz-Meta-ReviewedBy: joe@johnsmith.net",
      "X-Amz-Meta-ReviewedBy: jane@johnsmith.net",
      "content-type: application/x-download",
      "X-Amz-Meta-FileChecksum: 0x02661779",
      "X-Amz-Meta-ChecksumAlgorithm: crc32",
      "x-amz-acl: public-read",
    };
    String path = "/static.johnsmith.net/db-backup.dat.gz";
    String signature = "ilyl83RwaSoYIEdixDQcA4OnAnc=";
    assertThat(verify("PUT", path, "", date, signature, headers)).isInstanceOf(Verified.class);
    headers[6] = "x-amz-acl: private";
    assertRefused(verify("PUT", path, "", date, signature, headers), Refusal.BAD_SIGNATURE);
  }

  /// As the guide prints them: the bucket is the beginning of the host.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /photos/puppy.jpg | '' | Tue, 27 Mar 2007 19:36:42 +0000 | bWq2s1WEIj+Ydj0vQ697zp+IXMU=
          / | prefix=photos&max-keys=50&marker=puppy | Tue, 27 Mar 2007 19:42:41 +0000 | htDYFYduRNen8P9ZfE/s9SuKy0U=
          / | acl | Tue, 27 Mar 2007 19:44:46 +0000 | c2WLPFtWHVgbEmeEG93a4cG37dM=
          """)
  void aBucketOfTheHostIsSignedBeforeThePath(
      String path, String query, String date, String signature) {
    RequestHead head =
        head(
            "GET",
            path,
            query,
            "Date: " + date,
            "Authorization: AWS AKIAIOSFODNN7EXAMPLE:" + signature);
    Instant now = DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
    S3V2Verifier verifier = at(now.getEpochSecond());
    assertThat(verifier.verify(head, "johnsmith")).isInstanceOf(Verified.class);
    assertRefused(verifier.verify(head, "johnsmit"), Refusal.BAD_SIGNATURE);
    assertRefused(verifier.verify(head), Refusal.BAD_SIGNATURE);
  }

  @Test
  void aBucketMayBeSignedWithASlashBehindIt() {
    String date = "Tue, 27 Mar 2007 19:42:41 +0000";
    assertThat(verify("GET", "/johnsmith", "", date, "htDYFYduRNen8P9ZfE/s9SuKy0U="))
        .isInstanceOf(Verified.class);
    assertRefused(
        verify("GET", "/johnsmith/x", "", date, "htDYFYduRNen8P9ZfE/s9SuKy0U="),
        Refusal.BAD_SIGNATURE);
  }

  @Test
  void aFirstParameterThatIsSignedWithThePathIsTaken() {
    // As botocore 1.29.27 signed it, over `/bucket?list-type=2`.
    String date = "Tue, 01 Dec 2026 01:05:47 GMT";
    String path = "/by-boto3";
    String query = "list-type=2&prefix=old&encoding-type=url";
    S3V2Verifier verifier =
        new S3V2Verifier(
            TestKeys.ring(Credentials.of("OWNERKEY", "secret-of-owner")),
            TestKeys.at(Instant.parse("2026-12-01T01:05:47Z")));
    String authorization = "Authorization: AWS OWNERKEY:ALjHtYUYul2OvEw2yIHvK9u6pQc=";
    assertThat(verifier.verify(head("GET", path, query, authorization, "Date: " + date)))
        .isInstanceOf(Verified.class);
    String other = query.replace("=2", "=1");
    assertRefused(
        verifier.verify(head("GET", path, other, authorization, "Date: " + date)),
        Refusal.BAD_SIGNATURE);
  }

  @Test
  void theTimeOfAnotherHeaderCounts() {
    // What the guide's example of a DELETE is over; its signature is for a bucket in the host.
    Verification good =
        verify(
            "DELETE",
            PUPPY,
            "",
            "Tue, 27 Mar 2007 21:20:27 +0000",
            "R4dJ53KECjStyBO5iTBJZ4XVOaI=",
            "x-amz-date: Tue, 27 Mar 2007 21:20:26 +0000");
    assertThat(good).isInstanceOf(Verified.class);
  }

  @ParameterizedTest
  @CsvSource({"1175139620, true", "1175139619, true", "1175139621, false"})
  void aPresignedAddressIsGoodUntilItExpires(long now, boolean good) {
    String query =
        "AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=NpgCjnDzrM%2BWFzoENXmpNDUsSn8%3D"
            + "&Expires=1175139620";
    Verification verification = at(now).verify(head("GET", PUPPY, query));
    if (good) {
      assertThat(verification).isInstanceOf(Verified.class);
    } else {
      assertRefused(verification, Refusal.EXPIRED);
    }
  }

  @Test
  void aPlusThatWasNotEscapedIsTaken() {
    String query =
        "AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Expires=1175139620"
            + "&Signature=NpgCjnDzrM+WFzoENXmpNDUsSn8=";
    assertThat(at(1175139000).verify(head("GET", PUPPY, query))).isInstanceOf(Verified.class);
  }

  @Test
  void aTimeThatIsFarOffIsRefused() {
    String authorization = "Authorization: AWS AKIAIOSFODNN7EXAMPLE:bWq2s1WEIj+Ydj0vQ697zp+IXMU=";
    RequestHead head =
        head("GET", PUPPY, "", authorization, "Date: Tue, 27 Mar 2007 19:36:42 +0000");
    long then = Instant.parse("2007-03-27T19:36:42Z").getEpochSecond();
    assertThat(at(then + 900).verify(head)).isInstanceOf(Verified.class);
    assertRefused(at(then + 901).verify(head), Refusal.SKEWED);
    assertRefused(at(then - 901).verify(head), Refusal.SKEWED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Expires=1175139620",
        "AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=x",
        "AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=x&Expires=-1",
        "AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=x&Expires=99999999999999999999",
        "AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=%zz&Expires=1175139620",
      })
  void halfAPresignedAddressIsRefused(String query) {
    assertRefused(at(1175139000).verify(head("GET", PUPPY, query)), Refusal.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AWS key", "AWS k:", "AWS :x", "AWS AKIAIOSFODNN7EXAMPLE:x y"})
  void halfAHeaderIsRefused(String authorization) {
    RequestHead head = head("GET", PUPPY, "", "Authorization: " + authorization, "Date: x");
    assertRefused(at(0).verify(head), Refusal.MALFORMED);
  }

  @Test
  void whatIsNotSignedThisWayIsNotForIt() {
    assertThat(at(0).isFor(head("GET", PUPPY, ""))).isFalse();
    assertThat(at(0).isFor(head("GET", PUPPY, "", "Authorization: AWS4-HMAC-SHA256 x"))).isFalse();
    assertThat(at(0).isFor(head("GET", PUPPY, "xAWSAccessKeyId=1"))).isFalse();
    assertRefused(at(0).verify(head("GET", PUPPY, "")), Refusal.MISSING);
  }

  private static Verification verify(
      String method, String path, String query, String date, String signature, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add("Date: " + date);
    all.add("Authorization: AWS AKIAIOSFODNN7EXAMPLE:" + signature);
    Instant now = DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
    return at(now.getEpochSecond()).verify(head(method, path, query, all.toArray(String[]::new)));
  }

  private static S3V2Verifier at(long second) {
    return new S3V2Verifier(
        TestKeys.ring(TestKeys.EXAMPLE), TestKeys.at(Instant.ofEpochSecond(second)));
  }

  private static RequestHead head(String method, String path, String query, String... headers) {
    List<Header> all = new ArrayList<>();
    all.add(new Header("Host", "s3.example.com"));
    for (String header : headers) {
      int colon = header.indexOf(':');
      all.add(new Header(header.substring(0, colon), header.substring(colon + 1).strip()));
    }
    return new RequestHead(method, path, query, all);
  }

  private static void assertRefused(Verification verification, Refusal expected) {
    assertThat(verification).isInstanceOf(Refused.class);
    assertThat(((Refused) verification).refusal()).isEqualTo(expected);
  }
}
