package org.diskferry.access.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.diskferry.access.signing.Verification.Refused;
import org.diskferry.access.signing.Verification.Verified;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestVerifierTest {
  private final RequestVerifier verifier =
      new RequestVerifier(
          TestKeys.ring(TestKeys.EXAMPLE),
          TestKeys.at(TestKeys.AT),
          Set.of("IngestionService", "importexport"));

  @Test
  void aVersion4HeaderGoesBeforeEverythingElse() throws MalformedFormException {
    V4Vectors vector = V4Vectors.QUERY_POST;

    assertThat(verifier.verify(vector.signed(), vector.body, FormParameters.of("", "Signature=x")))
        .isInstanceOf(Verified.class);
  }

  @ParameterizedTest
  @CsvSource({
    "X-Amzn-Authorization, AWS3-HTTPS AWSAccessKeyId=A",
    "Authorization, AWS3 AWSAccessKeyId=A",
    "Authorization, Basic Zm9vOmJhcg=="
  })
  void otherSchemesAreRefusedNamingThoseThatAreTaken(String name, String value)
      throws MalformedFormException {
    RequestHead head = new RequestHead("POST", "/", "", List.of(new Header(name, value)));

    assertThat(verifier.verify(head, new byte[0], FormParameters.of("", "")))
        .isEqualTo(
            new Refused(
                Refusal.UNSUPPORTED_VERSION,
                "this kind of authorization is not supported; sign with Signature Version 2 or"
                    + " Version 4"));
  }

  @Test
  void anUnsignedRequestProvesNothing() throws MalformedFormException {
    RequestHead head = new RequestHead("POST", "/", "", List.of());

    assertThat(verifier.verify(head, new byte[0], FormParameters.of("", "Action=ListJobs")))
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.refusal()).isEqualTo(Refusal.MISSING));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%4", "a=%zz", "%C3%28=a"})
  void brokenFormDataIsRefusedWithItsPlace(String body) {
    assertThatThrownBy(() -> FormParameters.of("x=1", body))
        .isInstanceOf(MalformedFormException.class)
        .hasMessageStartingWith("parameter 2 ");
  }

  @Test
  void aThousandParametersAreEnough() throws MalformedFormException {
    assertThat(FormParameters.of("", "a=1&".repeat(999) + "a=1").all()).hasSize(1000);
    assertThatThrownBy(() -> FormParameters.of("", "a=1&".repeat(1000) + "a=1"))
        .hasMessage("more than 1000 parameters");
  }
}
