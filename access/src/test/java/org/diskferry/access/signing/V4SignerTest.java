package org.diskferry.access.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.diskferry.access.Credentials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class V4SignerTest {

  @ParameterizedTest
  @MethodSource("org.diskferry.access.signing.V4Vectors#all")
  void aSignatureIsTheOneThatOthersCompute(V4Vectors vector) {
    assertThat(TestKeys.header(vector.sign().headers(), "Authorization").orElseThrow())
        .endsWith("Signature=" + vector.signature);
  }

  @Test
  void theHeadersOfAnS3RequestSayHowItsBodyIsCovered() {
    List<Header> headers = V4Vectors.S3_LIST.sign().headers();

    assertThat(headers)
        .extracting(Header::name)
        .containsExactly("X-Amz-Date", "x-amz-content-sha256", "Authorization");
    assertThat(TestKeys.header(headers, "x-amz-content-sha256"))
        .contains("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @Test
  void aSessionTokenIsSentAndSigned() {
    List<Header> headers = V4Vectors.QUERY_ODD_PATH_AND_TOKEN.sign().headers();

    assertThat(TestKeys.header(headers, "X-Amz-Security-Token")).contains("TOKEN/+=x");
    assertThat(TestKeys.header(headers, "Authorization").orElseThrow())
        .contains("SignedHeaders=host;x-amz-date;x-amz-security-token");
  }

  @Test
  void theKeyOfADayIsNotUsedOnTheNext() {
    V4Signer signer = new V4Signer(TestKeys.EXAMPLE, "eu-west-1", "s3");
    V4Vectors list = V4Vectors.S3_LIST;
    signer.sign(list.head, PayloadHash.EMPTY, list.at.minus(Duration.ofDays(1)));

    assertThat(
            TestKeys.header(
                    signer.sign(list.head, PayloadHash.EMPTY, list.at).headers(), "Authorization")
                .orElseThrow())
        .endsWith(list.signature);
  }

  @Test
  void aPresignedQueryIsThePublishedOne() {
    RequestHead head =
        new RequestHead(
            "GET", "/test.txt", "", List.of(new Header("Host", "examplebucket.s3.amazonaws.com")));

    String query =
        new V4Signer(TestKeys.EXAMPLE, "us-east-1", "s3")
            .presign(head, Duration.ofDays(1), Instant.parse("2013-05-24T00:00:00Z"));

    assertThat(query)
        .startsWith("X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F")
        .endsWith(
            "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
  }

  @Test
  void aPresignedQueryWithATokenIsTheOneOfBotocore() {
    RequestHead head =
        new RequestHead(
            "GET",
            "/bucket/key",
            "response-content-type=text%2Fplain",
            List.of(new Header("Host", "localhost:8444")));
    Credentials token =
        new Credentials(TestKeys.EXAMPLE.id(), TestKeys.EXAMPLE.secret(), "TOKEN/+=x");

    assertThat(
            new V4Signer(token, "eu-west-1", "s3").presign(head, Duration.ofHours(1), TestKeys.AT))
        .isEqualTo(
            "response-content-type=text%2Fplain&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential="
                + "AKIAIOSFODNN7EXAMPLE%2F20261121%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Date="
                + "20261121T075505Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host&"
                + "X-Amz-Security-Token=TOKEN%2F%2B%3Dx&X-Amz-Signature="
                + "d25f4b180342b046ba30e7dd855497126a7725245f0878e7a15c02aea7658d63");
  }

  @Test
  void chunksAreSignedAsInThePublishedExample() {
    ChunkChain chain = Chunks.request().chunks();

    assertThat(chain.chunk(Chunks.sha256(Chunks.letters(65_536)))).isEqualTo(Chunks.FIRST);
    assertThat(chain.chunk(Chunks.sha256(Chunks.letters(1_024)))).isEqualTo(Chunks.SECOND);
    assertThat(chain.chunk(Chunks.sha256(new byte[0]))).isEqualTo(Chunks.LAST);
  }

  @Test
  void aPathIsEncodedByTheRulesOfSignatures() {
    assertThat(Percent.encodePath("a b/ä+%'*~.txt")).isEqualTo("a%20b/%C3%A4%2B%25%27%2A~.txt");
    assertThat(Percent.encode("a/b")).isEqualTo("a%2Fb");
    assertThat(Percent.decode("a%20b%2Fc+d")).contains("a b/c+d");
    assertThat(Percent.decode("%C3%28")).isEmpty();
    assertThat(Percent.decode("cut%4")).isEmpty();
  }

  /// The example of the specification's chunked upload: 65 KiB of the letter a.
  static final class Chunks {
    static final String FIRST = "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648";
    static final String SECOND = "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497";
    static final String LAST = "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9";
    static final Instant AT = Instant.parse("2013-05-24T00:00:00Z");
    static final RequestHead HEAD =
        new RequestHead(
            "PUT",
            "/examplebucket/chunkObject.txt",
            "",
            List.of(
                new Header("Host", "s3.amazonaws.com"),
                new Header("x-amz-storage-class", "REDUCED_REDUNDANCY"),
                new Header("Content-Encoding", "aws-chunked"),
                new Header("x-amz-decoded-content-length", "66560"),
                new Header("Content-Length", "66824")));

    private Chunks() {}

    static V4Signature request() {
      return new V4Signer(TestKeys.EXAMPLE, "us-east-1", "s3").sign(HEAD, PayloadHash.CHUNKED, AT);
    }

    static byte[] letters(int count) {
      byte[] letters = new byte[count];
      Arrays.fill(letters, (byte) 'a');
      return letters;
    }

    static byte[] sha256(byte[] bytes) {
      return HexFormat.of().parseHex(Hmac.sha256Hex(bytes));
    }
  }
}
