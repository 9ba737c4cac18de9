package org.diskferry.depot.s3;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.diskferry.access.KeyRing;
import org.diskferry.access.signing.Payload;
import org.diskferry.access.signing.PayloadHash;
import org.diskferry.access.signing.Refusal;
import org.diskferry.access.signing.RequestHead;
import org.diskferry.access.signing.S3V2Verifier;
import org.diskferry.access.signing.V4Verifier;
import org.diskferry.access.signing.Verification;
import org.diskferry.access.signing.Verification.Verified;
import org.diskferry.depot.acl.Caller;

/// Finds out who sent a request: Signature Version 4 or, of old clients, 2, in a header or
/// presigned; or nobody.
final class Authentication {
  private final V4Verifier v4;
  private final S3V2Verifier v2;
  private final InstantSource clock;

  Authentication(KeyRing keys, InstantSource clock) {
    this.v4 = new V4Verifier(keys, clock, Set.of("s3"));
    this.v2 = new S3V2Verifier(keys, clock);
    this.clock = clock;
  }

  Call call(S3Request request) throws S3Fault {
    // The index keeps times to the microsecond, listings show the millisecond.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    RequestHead head = request.head();
    if (v4.isFor(head)) {
      boolean presigned = request.query().has("X-Amz-Algorithm");
      Verified verified = verified(v4.verify(head), presigned);
      return call(request, presigned, verified, verified.payload(), now);
    }
    if (v2.isFor(head)) {
      boolean presigned = S3V2Verifier.isPresigned(head);
      Verified verified = verified(v2.verify(head, request.hostBucket()), presigned);
      return call(request, presigned, verified, unsignedPayload(request), now);
    }
    return new Call(request, nobody(request), unsignedPayload(request), now);
  }

  private static Call call(
      S3Request request, boolean presigned, Verified verified, Payload payload, Instant now) {
    Caller caller = new Caller.User(verified.principal());
    return new Call(presigned ? request.withFieldsOfQuery() : request, caller, payload, now);
  }

  private static Verified verified(Verification verification, boolean presigned) throws S3Fault {
    return switch (verification) {
      case Verified verified -> verified;
      case Verification.Refused refused -> {
        S3Code code = code(refused.refusal(), presigned);
        throw new S3Fault(code, code.message() + " (" + refused.detail() + ")");
      }
    };
  }

  private static Caller nobody(S3Request request) throws S3Fault {
    if (!request.header("authorization").isEmpty()) {
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

  private static S3Code code(Refusal refusal, boolean presigned) {
    return switch (refusal) {
      case MISSING, HEADERS_NOT_SIGNED, EXPIRED -> S3Code.AccessDenied;
      case MALFORMED, WRONG_SCOPE ->
          presigned
              ? S3Code.AuthorizationQueryParametersError
              : S3Code.AuthorizationHeaderMalformed;
      case UNSUPPORTED_VERSION -> S3Code.InvalidRequest;
      case UNKNOWN_KEY -> S3Code.InvalidAccessKeyId;
      case BAD_SIGNATURE -> S3Code.SignatureDoesNotMatch;
      case SKEWED -> S3Code.RequestTimeTooSkewed;
    };
  }
}
