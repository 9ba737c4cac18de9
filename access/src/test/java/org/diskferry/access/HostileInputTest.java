package org.diskferry.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.diskferry.access.policy.PolicyDocument;
import org.diskferry.access.policy.PolicyDocuments;
import org.diskferry.access.policy.PolicyException;
import org.diskferry.access.signing.FormParameters;
import org.diskferry.access.signing.Header;
import org.diskferry.access.signing.MalformedFormException;
import org.diskferry.access.signing.RequestHead;
import org.diskferry.access.signing.RequestVerifier;
import org.diskferry.access.signing.S3V2Verifier;
import org.diskferry.access.signing.V4Verifier;
import org.diskferry.access.signing.Verification;

/// Whatever a stranger sends is refused, never taken and never an error of ours.
class HostileInputTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-21T07:55:05Z"));
  private static final KeyRing KEYS =
      key ->
          Optional.of(
              new KeyRing.Holder(
                  SecretKey.of("nobody can guess this 8d5e0b7c"),
                  new Principal(new AccountId("123456789012"), "u", key, (a, r) -> true)));

  @FuzzTest(maxDuration = "30s")
  void noRequestIsTakenWithoutTheSecret(FuzzedDataProvider data) {
    RequestHead head =
        new RequestHead(
            data.consumeString(8),
            data.consumeString(64),
            data.consumeString(512),
            List.of(
                new Header("Host", data.consumeString(32)),
                new Header("X-Amz-Date", data.consumeString(32)),
                new Header("x-amz-content-sha256", data.consumeString(70)),
                new Header("Authorization", data.consumeString(512))));
    String body = data.consumeRemainingAsString();

    assertThat(new S3V2Verifier(KEYS, CLOCK).verify(head)).isInstanceOf(Verification.Refused.class);
    assertThat(new V4Verifier(KEYS, CLOCK, Set.of("s3")).verify(head))
        .isInstanceOf(Verification.Refused.class);
    try {
      FormParameters parameters = FormParameters.of(head.query(), body);
      assertThat(
              new RequestVerifier(KEYS, CLOCK, Set.of("s3"))
                  .verify(head, body.getBytes(StandardCharsets.UTF_8), parameters))
          .isInstanceOf(Verification.Refused.class);
    } catch (MalformedFormException e) {
      assertThat(e).hasMessageMatching("parameter \\d+ is not .*|more than 1000 parameters");
    }
  }

  @FuzzTest(maxDuration = "30s")
  void aPolicyIsReadOrRefused(FuzzedDataProvider data) {
    String action = data.consumeString(64);
    String resource = data.consumeString(256);
    String json = data.consumeRemainingAsString();
    try {
      PolicyDocument document = PolicyDocument.parse(json);
      PolicyDocuments user = new PolicyDocuments(List.of(document));
      assertThat(user.allow(action, resource)).isIn(true, false);
      assertThat(document.json()).isEqualTo(json);
    } catch (PolicyException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }
}
