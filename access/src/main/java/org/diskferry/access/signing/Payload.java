package org.diskferry.access.signing;

/// What a signature says of the request's body.
public sealed interface Payload {

  /// The signature covers the body, and the body was there to be verified with it.
  record Covered() implements Payload {}

  /// The body must hash to this; it has not been read yet.
  ///
  /// @param sha256 64 lower-case hex digits
  record Hashed(String sha256) implements Payload {}

  /// The signature says nothing of the body (`UNSIGNED-PAYLOAD`).
  record Unsigned() implements Payload {}

  /// The body comes in chunks, each with a signature that continues the request's
  /// (`STREAMING-AWS4-HMAC-SHA256-PAYLOAD`).
  ///
  /// @param chain what the chunks' signatures are checked with, in order
  /// @param trailer whether trailing headers with a signature of their own follow
  record Chunked(ChunkChain chain, boolean trailer) implements Payload {}

  /// The body comes in chunks without signatures, with trailing headers
  /// (`STREAMING-UNSIGNED-PAYLOAD-TRAILER`).
  record UnsignedChunks() implements Payload {}
}
