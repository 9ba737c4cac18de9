package org.diskferry.store.testing;

import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diskferry.access.AccountId;
import org.diskferry.access.Credentials;
import org.diskferry.access.KeyRing;
import org.diskferry.access.Principal;
import org.diskferry.access.signing.Payload;
import org.diskferry.access.signing.PayloadHash;
import org.diskferry.access.signing.Refusal;
import org.diskferry.access.signing.RequestHead;
import org.diskferry.access.signing.V4Verifier;
import org.diskferry.access.signing.Verification;

/// Lets in what is signed, in time, for the right region, with a body that something covers.
final class LoopbackDoor {
  private static final Pattern REGION = Pattern.compile("Credential=[^/]+/\\d{8}/([^/]*)/s3/");

  private final Credentials credentials;
  private final V4Verifier verifier;
  private final boolean tls;

  LoopbackDoor(Credentials credentials, InstantSource clock, boolean tls) {
    this.credentials = credentials;
    this.tls = tls;
    Principal holder =
        new Principal(new AccountId("000000000001"), "tester", credentials.id(), (_, _) -> true);
    KeyRing keys =
        id ->
            id.equals(credentials.id())
                ? Optional.of(new KeyRing.Holder(credentials.secret(), holder))
                : Optional.empty();
    this.verifier = new V4Verifier(keys, clock, Set.of("s3"));
  }

  /// Why the request stays outside; empty if it may come in.
  Optional<LoopbackReply> refusal(RequestHead head, byte[] body, String region) {
    String token = head.header("x-amz-security-token").orElse("");
    if (!token.equals(credentials.sessionToken())) {
      return Optional.of(LoopbackReply.error(400, "ExpiredToken", ""));
    }
    Matcher scope = REGION.matcher(head.header("Authorization").orElse(""));
    if (scope.find() && !scope.group(1).equals(region)) {
      return Optional.of(
          LoopbackReply.error(
              400, "AuthorizationHeaderMalformed", "<Region>" + region + "</Region>"));
    }
    return switch (verifier.verify(head)) {
      case Verification.Verified verified -> uncovered(verified.payload(), head, body);
      case Verification.Refused refused ->
          Optional.of(
              LoopbackReply.error(
                  403,
                  refused.refusal() == Refusal.SKEWED
                      ? "RequestTimeTooSkewed"
                      : "SignatureDoesNotMatch",
                  ""));
    };
  }

  private Optional<LoopbackReply> uncovered(Payload payload, RequestHead head, byte[] body) {
    return switch (payload) {
      case Payload.Hashed hashed ->
          PayloadHash.of(body).value().equals(hashed.sha256())
              ? Optional.empty()
              : Optional.of(LoopbackReply.error(400, "XAmzContentSHA256Mismatch", ""));
      case Payload.Unsigned _ -> {
        String signed = head.header("Authorization").orElse("");
        boolean covered = signed.contains("content-md5") || signed.contains("x-amz-checksum-");
        yield tls || covered || body.length == 0
            ? Optional.empty()
            : Optional.of(LoopbackReply.error(400, "NothingCoversThisBody", ""));
      }
      case Payload.Covered _, Payload.Chunked _, Payload.UnsignedChunks _ ->
          Optional.of(LoopbackReply.error(501, "NotImplemented", ""));
    };
  }
}
