package org.diskferry.depot.s3;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.diskferry.access.KeyRing;
import org.diskferry.access.signing.Payload;
import org.diskferry.access.signing.PayloadHash;
import org.diskferry.access.signing.Refusal;
import org.diskferry.access.signing.V4Verifier;
import org.diskferry.access.signing.Verification;
import org.diskferry.depot.acl.Caller;

/// Finds out who sent a request: Signature Version 4, in a header or presigned, or nobody.
final class Authentication {
  private final V4Verifier verifier;
  private final InstantSource clock;

  Authentication(KeyRing keys, InstantSource clock) {
    this.verifier = new V4Verifier(keys, clock, Set.of("s3"));
    this.clock = clock;
  }

  Call call(S3Request request) throws S3Fault {
    // The index keeps times to the microsecond, listings show the millisecond.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    if (!verifier.isFor(request.head())) {
      return new Call(request, nobody(request), unsignedPayload(request), now);
    }
    return switch (verifier.verify(request.head())) {
      case Verification.Verified verified ->
          new Call(request, new Caller.User(verified.principal()), verified.payload(), now);
      case Verification.Refused refused ->
          throw new S3Fault(code(refused.refusal()), sentence(refused));
    };
  }

  private static Caller nobody(S3Request request) throws S3Fault {
    if (!request.header("authorization").isEmpty() || request.query().has("AWSAccessKeyId")) {
      throw new S3Fault(
          S3Code.InvalidRequest,
          "The authorization mechanism you have provided is not supported."
              + " Please use AWS4-HMAC-SHA256.");
    }
    return new Caller.Nobody();
  }

  private static Payload unsignedPayload(S3Request request) {
    boolean chunked =
        request.header("x-amz-content-sha256").equals(PayloadHash.UNSIGNED_TRAILER.value());
    return chunked ? new Payload.UnsignedChunks() : new Payload.Unsigned();
  }

  private static S3Code code(Refusal refusal) {
    return switch (refusal) {
      case MISSING, HEADERS_NOT_SIGNED, EXPIRED -> S3Code.AccessDenied;
      case MALFORMED, WRONG_SCOPE -> S3Code.AuthorizationHeaderMalformed;
      case UNSUPPORTED_VERSION -> S3Code.InvalidRequest;
      case UNKNOWN_KEY -> S3Code.InvalidAccessKeyId;
      case BAD_SIGNATURE -> S3Code.SignatureDoesNotMatch;
      case SKEWED -> S3Code.RequestTimeTooSkewed;
    };
  }

  private static String sentence(Verification.Refused refused) {
    return code(refused.refusal()).message() + " (" + refused.detail() + ")";
  }
}
