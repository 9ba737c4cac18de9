package org.diskferry.access.signing;

import java.util.regex.Pattern;

/// The value that stands for the body in a Signature V4 request: the hash of the body, or a word
/// that says how the body is covered otherwise. Travels as `x-amz-content-sha256`.
///
/// @param value 64 lower-case hex digits, or one of the words
public record PayloadHash(String value) {
  /// The body is not covered; only over TLS or with a signed checksum header.
  public static final PayloadHash UNSIGNED = new PayloadHash("UNSIGNED-PAYLOAD");

  /// The body is in chunks, each signed.
  public static final PayloadHash CHUNKED = new PayloadHash("STREAMING-AWS4-HMAC-SHA256-PAYLOAD");

  /// The body is in chunks, each signed, and so are the trailing headers.
  public static final PayloadHash CHUNKED_TRAILER =
      new PayloadHash("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER");

  /// The body is in chunks that are not signed, with trailing headers.
  public static final PayloadHash UNSIGNED_TRAILER =
      new PayloadHash("STREAMING-UNSIGNED-PAYLOAD-TRAILER");

  /// There is no body.
  public static final PayloadHash EMPTY = new PayloadHash(Hmac.EMPTY_SHA256);

  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  /// The hash of a body.
  public static PayloadHash of(byte[] body) {
    return new PayloadHash(Hmac.sha256Hex(body));
  }

  boolean isHash() {
    return HEX.matcher(value).matches();
  }
}
