package org.diskferry.access.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.diskferry.access.Credentials;
import org.diskferry.access.signing.Verification.Refused;
import org.diskferry.access.signing.Verification.Verified;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Vectors: published by clients' own tests, or recorded from them, and computed anew.
class V2VerifierTest {
  private static final String REAL = "importexport.amazonaws.com";
  private static final Credentials RUBY = Credentials.of("ABC-123", "123-ABC");
  private static final Instant RUBY_TIME = Instant.parse("2010-09-20T05:10:35Z");
  private static final String RUBY_BODY =
      "AWSAccessKeyId=ABC-123&JobType=Import&Manifest=---%20%7B%7D%0A%0A&Operation=CreateJob"
          + "&SignatureMethod=HmacSHA1&SignatureVersion=2&Timestamp=2010-09-20T05%3A10%3A35%2B00%3A00";
  private static final String STATUS =
      "AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Action=GetStatus&JobId=A36BC&SignatureMethod=METHOD"
          + "&SignatureVersion=2&Timestamp=2011-06-20T22%3A30%3A59.556Z&Version=2010-06-01";
  private static final Instant STATUS_TIME = Instant.parse("2011-06-20T22:30:59.556Z");
  private static final String LIST =
      "AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Action=ListJobs&Marker=ADP7B&MaxJobs=1"
          + "&SignatureMethod=HmacSHA256&SignatureVersion=2&Timestamp=2026-11-21T05%3A42%3A39Z"
          + "&Version=2010-06-01";
  private static final Instant LIST_TIME = Instant.parse("2026-11-21T05:42:39Z");
  private static final String LIST_SIGNATURE = "BAB1xg+sRuasOYXdc5H72eBb9sc9BHJaDvodao1QGWs=";

  @Test
  void theRubyClientsPublishedSignatureIsGood() {
    assertGood(RUBY, RUBY_TIME, REAL, RUBY_BODY, "hmgL0julWxoVXeYHHqFQAbvmaL4=");
    assertGood(
        RUBY, RUBY_TIME, REAL, RUBY_BODY + "&ValidateOnly=true", "+OIG/6ouAbS/I2vTQZYFsgUKk3Y=");
  }

  @ParameterizedTest
  @CsvSource({
    "HmacSHA256, vggKaOzlSJk/iTWjTarisg2BZ5nlFWZqQY6jwyju8gE=",
    "HmacSHA1, O8JNI3Tgfb8Hb3Jd3c5vFZTxUdw="
  })
  void bothHashesAreGood(String method, String signature) {
    assertGood(TestKeys.EXAMPLE, STATUS_TIME, REAL, STATUS.replace("METHOD", method), signature);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:18443", "LOCALHOST:18443"})
  void theHostIsComparedInLowerCaseWithItsPort(String host) {
    assertGood(TestKeys.EXAMPLE, LIST_TIME, host, LIST, LIST_SIGNATURE);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, localhost:8443",
    "localhost, localhost",
    "localhost:443, localhost",
    "localhost:80, localhost",
    "localhost:443, localhost:443"
  })
  void aPortThatOneSideLeavesOutIsTaken(String signedHost, String sentHost) {
    assertGood(TestKeys.EXAMPLE, LIST_TIME, sentHost, LIST, sign(signedHost, LIST));
  }

  @Test
  void anotherHostIsRefused() {
    assertThat(refusal(verify(LIST_TIME, "example.org", LIST, LIST_SIGNATURE)))
        .isEqualTo(Refusal.BAD_SIGNATURE);
  }

  @Test
  void theEncodingOfTheBodyDoesNotMatter() {
    String signed = LIST + "&Manifest=a%20b%2Ac~%27";
    String sent = LIST + "&Manifest=a+b*c%7E'";

    assertGood(
        TestKeys.EXAMPLE, LIST_TIME, "localhost", sent, sign("localhost", signedSorted(signed)));
  }

  @Test
  void parametersInTheQueryStringAreAsGood() throws MalformedFormException {
    String query = LIST + "&Signature=" + Percent.encode(signAs("GET", "localhost", LIST));
    RequestHead head = new RequestHead("GET", "/", query, List.of(new Header("Host", "localhost")));

    assertThat(verifier(LIST_TIME).verify(head, FormParameters.of(query, "")))
        .isInstanceOf(Verified.class);
  }

  @Test
  void marksThatJavaScriptLeavesAloneAreTaken() {
    String signed =
        "AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Action=CreateJob&Manifest=it's%20(a)*%20%2521!"
            + "&SignatureMethod=HmacSHA256&SignatureVersion=2&Timestamp=2026-11-21T05%3A42%3A39Z";
    List<String> pairs = new ArrayList<>(List.of(signed.split("&", -1)));
    Collections.reverse(pairs);
    String sent = String.join("&", pairs);

    assertGood(TestKeys.EXAMPLE, LIST_TIME, "localhost", sent, sign("localhost", signed));
  }

  @Test
  void aBodySignedAsItWasSentIsTakenAtLast() {
    String sent =
        "Operation=CreateJob&Manifest=a;b@c,[d]!&AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE"
            + "&SignatureMethod=HmacSHA256&SignatureVersion=2&Timestamp=2026-11-21T05%3A42%3A39Z";

    assertGood(TestKeys.EXAMPLE, LIST_TIME, "localhost", sent, sign("localhost", sent));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-21T05:42:39Z",
        "2026-11-21T05:42:39.107Z",
        "2026-11-21T05:42:39.107123Z",
        "2026-11-21T05:42:39",
        "2026-11-21T06:42:39+01:00",
        "2026-11-21T00:12:39-0530",
        "2026-11-21T05:56:39Z",
        "2026-11-21T05:28:39Z"
      })
  void timesAreTakenInTheFormsThatClientsSend(String time) {
    String body = at("Timestamp", time);

    assertGood(TestKeys.EXAMPLE, LIST_TIME, "localhost", body, sign("localhost", body));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-21T05:57:40Z, SKEWED",
    "2026-11-21T05:27:38Z, SKEWED",
    "2026-11-21 05:42, MALFORMED",
    "yesterday, MALFORMED"
  })
  void otherTimesAreRefused(String time, Refusal expected) {
    String body = at("Timestamp", time);

    assertThat(refusal(verify(LIST_TIME, "localhost", body, sign("localhost", body))))
        .isEqualTo(expected);
  }

  @Test
  void aTimeOfExpiryDoesInPlaceOfATimestamp() {
    String good = at("Expires", "2026-11-21T05:42:40Z");
    String over = at("Expires", "2026-11-21T05:42:38Z");

    assertGood(TestKeys.EXAMPLE, LIST_TIME, "localhost", good, sign("localhost", good));
    assertThat(refusal(verify(LIST_TIME, "localhost", over, sign("localhost", over))))
        .isEqualTo(Refusal.EXPIRED);
  }

  @Test
  void aSessionTokenIsSignedLikeTheRest() {
    String body = signedSorted(LIST + "&SecurityToken=a%2Fb");

    assertGood(TestKeys.EXAMPLE, LIST_TIME, "localhost", body, sign("localhost", body));
    assertThat(
            refusal(
                verify(LIST_TIME, "localhost", LIST + "&SecurityToken=x", sign("localhost", LIST))))
        .isEqualTo(Refusal.BAD_SIGNATURE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "3", "4", "two"})
  void otherVersionsAreRefusedNamingThoseThatAreTaken(String version) {
    String body = LIST.replace("SignatureVersion=2", "SignatureVersion=" + version);

    Verification result = verify(LIST_TIME, "localhost", body, sign("localhost", body));

    assertThat(refusal(result)).isEqualTo(Refusal.UNSUPPORTED_VERSION);
    assertThat(((Refused) result).detail()).contains("Version 2").contains("Version 4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AWSAccessKeyId", "SignatureMethod", "SignatureVersion", "Timestamp"})
  void aMissingPartIsNamed(String part) {
    String body = LIST.replaceAll("(^|&)" + part + "=[^&]*", "");

    Verification result = verify(LIST_TIME, "localhost", body, sign("localhost", body));

    assertThat(refusal(result)).isEqualTo(Refusal.MALFORMED);
    assertThat(((Refused) result).detail()).contains(part);
  }

  @Test
  void aRequestWithoutASignatureLacksIt() throws MalformedFormException {
    RequestHead head = new RequestHead("POST", "/", "", List.of(new Header("Host", "localhost")));

    assertThat(refusal(verifier(LIST_TIME).verify(head, FormParameters.of("", LIST))))
        .isEqualTo(Refusal.MALFORMED);
    assertThat(refusal(verifier(LIST_TIME).verify(head, FormParameters.of("", "Action=ListJobs"))))
        .isEqualTo(Refusal.MISSING);
  }

  @Test
  void aKeyThatNobodyHasIsUnknown() {
    String body = LIST.replace("AKIAIOSFODNN7EXAMPLE", "AKIAUNKNOWN");

    assertThat(refusal(verify(LIST_TIME, "localhost", body, sign("localhost", body))))
        .isEqualTo(Refusal.UNKNOWN_KEY);
  }

  private static String at(String name, String time) {
    return signedSorted(
        LIST.replace("Timestamp=2026-11-21T05%3A42%3A39Z", name + "=" + Percent.encode(time)));
  }

  private static String signedSorted(String query) {
    List<String> pairs = new ArrayList<>(List.of(query.split("&", -1)));
    Collections.sort(pairs);
    return String.join("&", pairs);
  }

  private static String sign(String host, String canonical) {
    return signAs("POST", host, canonical);
  }

  private static String signAs(String method, String host, String canonical) {
    byte[] key = TestKeys.EXAMPLE.secret().bytes();
    String text = method + "\n" + host + "\n/\n" + canonical;
    Hmac hmac = canonical.contains("HmacSHA1") ? Hmac.SHA1 : Hmac.SHA256;
    return Base64.getEncoder().encodeToString(hmac.of(key, text));
  }

  private static void assertGood(
      Credentials owner, Instant now, String host, String body, String signature) {
    assertThat(verify(now, host, body, signature))
        .isEqualTo(new Verified(TestKeys.principal(owner.id()), new Payload.Covered()));
  }

  private static Verification verify(Instant now, String host, String body, String signature) {
    String signed = body + "&Signature=" + Percent.encode(signature);
    RequestHead head = new RequestHead("POST", "/", "", List.of(new Header("Host", host)));
    try {
      return new RequestVerifier(
              TestKeys.ring(TestKeys.EXAMPLE, RUBY), TestKeys.at(now), Set.of("s3"))
          .verify(head, signed.getBytes(StandardCharsets.UTF_8), FormParameters.of("", signed));
    } catch (MalformedFormException e) {
      throw new AssertionError(e);
    }
  }

  private static V2Verifier verifier(Instant now) {
    return new V2Verifier(TestKeys.ring(TestKeys.EXAMPLE), TestKeys.at(now));
  }

  private static Refusal refusal(Verification result) {
    assertThat(result).isInstanceOf(Refused.class);
    return ((Refused) result).refusal();
  }
}
