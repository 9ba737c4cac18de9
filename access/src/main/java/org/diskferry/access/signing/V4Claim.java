package org.diskferry.access.signing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.diskferry.access.AccessKeyId;

/// What a request claims of its Signature V4, read from the `Authorization` header or, presigned,
/// from the query.
///
/// @param key who signed
/// @param scope what the signing key is good for
/// @param signedHeaders in lower case, in the order of the claim
/// @param signature 64 lower-case hex digits
/// @param at when it was signed
/// @param validFor of a presigned request; zero for a header, which is good as long as clocks may
///   differ
record V4Claim(
    AccessKeyId key,
    Scope scope,
    List<String> signedHeaders,
    String signature,
    Instant at,
    Duration validFor) {

  V4Claim {
    signedHeaders = List.copyOf(signedHeaders);
  }

  boolean isPresigned() {
    return !validFor.isZero();
  }
}
