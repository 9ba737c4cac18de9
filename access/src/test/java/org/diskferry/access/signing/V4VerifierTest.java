package org.diskferry.access.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.diskferry.access.signing.TestKeys.AT;
import static org.diskferry.access.signing.TestKeys.EXAMPLE;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.diskferry.access.Credentials;
import org.diskferry.access.signing.Verification.Refused;
import org.diskferry.access.signing.Verification.Verified;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class V4VerifierTest {
  private static final byte[] NO_BODY = new byte[0];

  @ParameterizedTest
  @MethodSource("org.diskferry.access.signing.V4Vectors#all")
  void aGoodSignatureProvesItsOwner(V4Vectors vector) {
    Verification result = verifier(vector).verify(vector.signed(), vector.body);

    assertThat(result)
        .isEqualTo(
            new Verified(TestKeys.principal(vector.credentials.id()), new Payload.Covered()));
  }

  @ParameterizedTest
  @MethodSource("org.diskferry.access.signing.V4Vectors#all")
  void anotherBodyAnotherMethodOrAnotherPathIsRefused(V4Vectors vector) {
    RequestHead head = vector.signed();
    byte[] other = "another".getBytes(StandardCharsets.UTF_8);

    assertThat(refusal(verifier(vector).verify(head, other))).isEqualTo(Refusal.BAD_SIGNATURE);
    assertThat(
            refusal(
                verifier(vector)
                    .verify(
                        new RequestHead("DELETE", head.path(), head.query(), head.headers()),
                        vector.body)))
        .isEqualTo(Refusal.BAD_SIGNATURE);
    assertThat(
            refusal(
                verifier(vector)
                    .verify(
                        new RequestHead(
                            head.method(), head.path() + "x", head.query(), head.headers()),
                        vector.body)))
        .isEqualTo(Refusal.BAD_SIGNATURE);
  }

  @Test
  void anotherSecretIsRefused() {
    V4Vectors vector = V4Vectors.QUERY_POST;
    Credentials other = Credentials.of(EXAMPLE.id().value(), "another secret");
    V4Verifier verifier =
        new V4Verifier(TestKeys.ring(other), TestKeys.at(vector.at), Set.of(vector.service));

    assertThat(refusal(verifier.verify(vector.signed(), vector.body)))
        .isEqualTo(Refusal.BAD_SIGNATURE);
  }

  @Test
  void aKeyThatNobodyHasIsUnknown() {
    V4Vectors vector = V4Vectors.QUERY_POST;
    V4Verifier verifier =
        new V4Verifier(TestKeys.ring(), TestKeys.at(vector.at), Set.of(vector.service));

    assertThat(refusal(verifier.verify(vector.signed(), vector.body)))
        .isEqualTo(Refusal.UNKNOWN_KEY);
  }

  @ParameterizedTest
  @CsvSource({"PT15M,true", "PT-15M,true", "PT15M1S,false", "PT-15M-1S,false"})
  void clocksMayDifferByAQuarterOfAnHour(Duration difference, boolean good) {
    V4Vectors vector = V4Vectors.QUERY_POST;
    V4Verifier verifier =
        new V4Verifier(
            TestKeys.ring(EXAMPLE),
            TestKeys.at(vector.at.plus(difference)),
            Set.of(vector.service));

    Verification result = verifier.verify(vector.signed(), vector.body);

    if (good) {
      assertThat(result).isInstanceOf(Verified.class);
    } else {
      assertThat(refusal(result)).isEqualTo(Refusal.SKEWED);
    }
  }

  @Test
  void aScopeOfAnotherServiceIsRefused() {
    V4Vectors vector = V4Vectors.QUERY_POST;
    V4Verifier verifier =
        new V4Verifier(TestKeys.ring(EXAMPLE), TestKeys.at(vector.at), Set.of("s3"));

    assertThat(verifier.verify(vector.signed(), vector.body))
        .isEqualTo(
            new Refused(Refusal.WRONG_SCOPE, "the credential's scope must name the service s3"));
  }

  @Test
  void theDayOfTheScopeMustBeTheDayOfTheRequest() {
    RequestHead signed = V4Vectors.QUERY_POST.signed();
    RequestHead head = replacing(signed, "/20261121/", "/20261120/");

    assertThat(refusal(verifier(V4Vectors.QUERY_POST).verify(head, V4Vectors.QUERY_POST.body)))
        .isEqualTo(Refusal.WRONG_SCOPE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AWS4-HMAC-SHA256",
        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE",
        "AWS4-HMAC-SHA256 Credential=A/B, SignedHeaders=host, Signature=00",
        "AWS4-HMAC-SHA256 Credential=!!!/20261121/r/s3/aws4_request, SignedHeaders=host, Signature=00",
        "AWS4-HMAC-SHA256 Credential=AKIA/20261121/r/s3/aws4_request, SignedHeaders=host, Signature=0x",
        "AWS4-HMAC-SHA256 Credential=AKIA/20261121/r/s3/aws4_request, SignedHeaders=date, Signature=00"
      })
  void aHeaderThatCannotBeReadIsMalformed(String authorization) {
    RequestHead head =
        new RequestHead(
            "GET",
            "/",
            "",
            List.of(
                new Header("Host", "h"),
                new Header("X-Amz-Date", "20261121T075505Z"),
                new Header("Authorization", authorization)));

    assertThat(refusal(s3().verify(head, NO_BODY))).isEqualTo(Refusal.MALFORMED);
  }

  @Test
  void anotherAlgorithmIsNotSupported() {
    RequestHead head = replacing(V4Vectors.S3_LIST.signed(), "AWS4-HMAC-SHA256", "AWS4-ECDSA");

    assertThat(refusal(s3().verify(head))).isEqualTo(Refusal.UNSUPPORTED_VERSION);
  }

  @Test
  void aRequestWithoutSignatureProvesNothing() {
    assertThat(refusal(s3().verify(new RequestHead("GET", "/", "", List.of()))))
        .isEqualTo(Refusal.MISSING);
  }

  @Test
  void aDateHeaderDoesWhereTheOtherIsMissing() {
    RequestHead head =
        new RequestHead(
            "GET",
            "/",
            "",
            List.of(
                new Header("Host", "h"),
                new Header("Date", "Sat, 21 Nov 2026 07:55:05 GMT"),
                new Header("x-amz-content-sha256", PayloadHash.EMPTY.value())));
    SigningTime time = SigningTime.of(AT);
    Scope scope = new Scope(time.day(), "r", "s3");
    List<String> names = List.of("date", "host", "x-amz-content-sha256");
    String signature =
        V4Verifier.signature(
            CanonicalRequest.text(head, "/", "", names, PayloadHash.EMPTY),
            V4Verifier.context(time.text(), scope),
            scope.key(EXAMPLE.secret()));
    List<Header> all = new ArrayList<>(head.headers());
    all.add(
        new Header(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=%s/%s,SignedHeaders=%s,Signature=%s"
                .formatted(EXAMPLE.id(), scope, String.join(";", names), signature)));

    assertThat(s3().verify(new RequestHead("GET", "/", "", all))).isInstanceOf(Verified.class);
  }

  @Test
  void aPathThatWasSignedInAnotherEncodingThanItIsSentIsTaken() {
    RequestHead signed = signedS3("PUT", "/bucket/it%27s%21", "prefix=a%2Fb");
    RequestHead sent = new RequestHead("PUT", "/bucket/it's!", "prefix=a/b", signed.headers());

    assertThat(s3().verify(sent)).isInstanceOf(Verified.class);
  }

  @Test
  void theBodyMustBeHeldToTheHashThatWasSigned() {
    V4Vectors vector = V4Vectors.S3_ODD_KEY;

    assertThat(verifier(vector).verify(vector.signed()))
        .isEqualTo(
            new Verified(
                TestKeys.principal(EXAMPLE.id()),
                new Payload.Hashed(
                    "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824")));
  }

  @Test
  void anS3RequestMustSayHowItsBodyIsCovered() {
    RequestHead signed = V4Vectors.S3_LIST.signed();
    List<Header> without =
        signed.headers().stream()
            .filter(h -> !h.name().equalsIgnoreCase("x-amz-content-sha256"))
            .toList();

    assertThat(
            refusal(
                s3().verify(
                        new RequestHead(signed.method(), signed.path(), signed.query(), without))))
        .isEqualTo(Refusal.MALFORMED);
  }

  @Test
  void aHeaderThatWasAddedOnTheWayIsRefused() {
    RequestHead signed = V4Vectors.S3_LIST.signed();
    List<Header> more = new ArrayList<>(signed.headers());
    more.add(new Header("X-Amz-Acl", "public-read-write"));

    assertThat(
            refusal(
                s3().verify(new RequestHead(signed.method(), signed.path(), signed.query(), more))))
        .isEqualTo(Refusal.HEADERS_NOT_SIGNED);
  }

  @Test
  void chunksContinueTheSignatureOfTheRequest() {
    V4Verifier verifier =
        new V4Verifier(TestKeys.ring(EXAMPLE), TestKeys.at(V4SignerTest.Chunks.AT), Set.of("s3"));
    List<Header> headers = new ArrayList<>(V4SignerTest.Chunks.HEAD.headers());
    headers.addAll(V4SignerTest.Chunks.request().headers());
    RequestHead head = new RequestHead("PUT", V4SignerTest.Chunks.HEAD.path(), "", headers);

    ChunkChain chain =
        verifier.verify(head) instanceof Verified(var _, Payload.Chunked chunked)
            ? chunked.chain()
            : null;

    assertThat(chain).isNotNull();
    byte[] first = V4SignerTest.Chunks.sha256(V4SignerTest.Chunks.letters(65_536));
    assertThat(chain.isChunk(first, V4SignerTest.Chunks.FIRST)).isTrue();
    assertThat(chain.isChunk(first, V4SignerTest.Chunks.SECOND)).isFalse();
  }

  @Test
  void aSignedTrailerContinuesTheChain() {
    V4Signer signer = new V4Signer(EXAMPLE, "us-east-1", "s3");
    RequestHead head = new RequestHead("PUT", "/b/k", "", List.of(new Header("Host", "h")));
    V4Signature signature = signer.sign(head, PayloadHash.CHUNKED_TRAILER, AT);
    List<Header> headers = new ArrayList<>(head.headers());
    headers.addAll(signature.headers());
    Payload.Chunked payload =
        (Payload.Chunked)
            ((Verified) s3().verify(new RequestHead("PUT", "/b/k", "", headers))).payload();
    byte[] none = V4SignerTest.Chunks.sha256(NO_BODY);
    byte[] trailer =
        V4SignerTest.Chunks.sha256(
            "x-amz-checksum-crc32c:AAAAAA==\n".getBytes(StandardCharsets.UTF_8));

    assertThat(payload.trailer()).isTrue();
    assertThat(payload.chain().isChunk(none, signature.chunks().chunk(none))).isTrue();
    assertThat(payload.chain().isTrailer(trailer, signature.chunks().trailer(trailer))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"PT0S,true", "PT59M59S,true", "PT1H,true", "PT1H1S,false"})
  void aPresignedRequestIsGoodForAWhile(Duration later, boolean good) {
    RequestHead presigned = presigned(Duration.ofHours(1), AT);
    V4Verifier verifier =
        new V4Verifier(TestKeys.ring(EXAMPLE), TestKeys.at(AT.plus(later)), Set.of("s3"));

    Verification result = verifier.verify(presigned);

    if (good) {
      assertThat(result)
          .isEqualTo(new Verified(TestKeys.principal(EXAMPLE.id()), new Payload.Unsigned()));
    } else {
      assertThat(refusal(result)).isEqualTo(Refusal.EXPIRED);
    }
  }

  @Test
  void aPresignedRequestOfTheFutureIsRefused() {
    assertThat(refusal(s3().verify(presigned(Duration.ofHours(1), AT.plusSeconds(901)))))
        .isEqualTo(Refusal.SKEWED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "604801", "-1", "1e3", "99999999999"})
  void aPresignedRequestIsGoodForSevenDaysAtMost(String seconds) {
    RequestHead presigned = presigned(Duration.ofHours(1), AT);
    String query = presigned.query().replace("X-Amz-Expires=3600", "X-Amz-Expires=" + seconds);

    assertThat(
            refusal(s3().verify(new RequestHead("GET", "/bucket/key", query, presigned.headers()))))
        .isEqualTo(Refusal.MALFORMED);
  }

  @Test
  void aParameterAddedToAPresignedRequestIsRefused() {
    RequestHead presigned = presigned(Duration.ofHours(1), AT);

    assertThat(
            refusal(
                s3().verify(
                        new RequestHead(
                            "GET",
                            "/bucket/key",
                            presigned.query() + "&versionId=7",
                            presigned.headers()))))
        .isEqualTo(Refusal.BAD_SIGNATURE);
  }

  @Test
  void headersBeyondAsciiAreReadAsTheClientSignedThem() {
    String latin1 =
        new String("grün".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

    assertThat(Header.ofWire("x-amz-meta-k", latin1).value()).isEqualTo("grün");
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:8444, localhost:8444, true",
    "localhost:443, localhost, true",
    "localhost, localhost:443, true",
    "localhost, localhost:8444, true",
    "localhost, LOCALHOST, true",
    "LOCALHOST, LOCALHOST, true",
    "localhost:8444, localhost, false",
    "localhost:8444, localhost:8445, false",
    "localhost, elsewhere, false"
  })
  void theHostMaySayItsPortOrNot(String signed, String sent, boolean good) {
    RequestHead bare =
        new RequestHead("GET", "/bucket/key", "", List.of(new Header("Host", signed)));
    List<Header> all = new ArrayList<>(List.of(new Header("Host", sent)));
    all.addAll(
        new V4Signer(EXAMPLE, "eu-west-1", "s3").sign(bare, PayloadHash.EMPTY, AT).headers());

    Verification result = s3().verify(new RequestHead("GET", "/bucket/key", "", all));

    assertThat(result instanceof Verified).isEqualTo(good);
  }

  private static RequestHead presigned(Duration validFor, Instant at) {
    RequestHead head =
        new RequestHead("GET", "/bucket/key", "", List.of(new Header("Host", "localhost:8444")));
    String query = new V4Signer(EXAMPLE, "eu-west-1", "s3").presign(head, validFor, at);
    return new RequestHead("GET", "/bucket/key", query, head.headers());
  }

  private static RequestHead signedS3(String method, String path, String query) {
    RequestHead head =
        new RequestHead(method, path, query, List.of(new Header("Host", "localhost:8444")));
    List<Header> all = new ArrayList<>(head.headers());
    all.addAll(
        new V4Signer(EXAMPLE, "eu-west-1", "s3").sign(head, PayloadHash.EMPTY, AT).headers());
    return new RequestHead(method, path, query, all);
  }

  private static RequestHead replacing(RequestHead head, String old, String fresh) {
    return new RequestHead(
        head.method(),
        head.path(),
        head.query(),
        head.headers().stream()
            .map(h -> new Header(h.name(), h.value().replace(old, fresh)))
            .toList());
  }

  private static V4Verifier verifier(V4Vectors vector) {
    return new V4Verifier(
        TestKeys.ring(vector.credentials), TestKeys.at(vector.at), Set.of(vector.service));
  }

  private static V4Verifier s3() {
    return new V4Verifier(TestKeys.ring(EXAMPLE), TestKeys.at(AT), Set.of("s3"));
  }

  private static Refusal refusal(Verification result) {
    assertThat(result).isInstanceOf(Refused.class);
    return ((Refused) result).refusal();
  }
}
