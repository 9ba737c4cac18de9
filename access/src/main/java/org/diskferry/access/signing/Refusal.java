package org.diskferry.access.signing;

/// Why a request did not prove who sent it. Each server maps these to its own codes.
public enum Refusal {
  /// No credentials at all.
  MISSING,
  /// Credentials that cannot be read, or of which a part is missing.
  MALFORMED,
  /// A version or an algorithm of signing that is not taken.
  UNSUPPORTED_VERSION,
  /// The credential's scope is for another service, or its day is not the request's.
  WRONG_SCOPE,
  /// No such access key, or it was revoked.
  UNKNOWN_KEY,
  /// The signature is not the one that the secret key gives.
  BAD_SIGNATURE,
  /// A header that changes what the request means was left out of the signature.
  HEADERS_NOT_SIGNED,
  /// The request's time is too far from the server's.
  SKEWED,
  /// The time until which the request was to be valid is over.
  EXPIRED
}
