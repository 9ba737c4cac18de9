package org.diskferry.store.s3;

import java.util.List;
import org.diskferry.access.signing.Header;
import org.diskferry.access.signing.PayloadHash;

/// How a request's body is covered.
///
/// @param hash what the signature says of the body
/// @param headers that carry a checksum, and are signed
/// @param crc32c base64, where that is the checksum; else empty
/// @param compared whether the store compares the body with what is sent
record Seal(PayloadHash hash, List<Header> headers, String crc32c, boolean compared) {
  /// There is no body.
  static final Seal NO_BODY = new Seal(PayloadHash.EMPTY, List.of(), "", false);

  /// The signature itself covers the body.
  static Seal hashed(PayloadHash hash) {
    return hashed(hash, true);
  }

  /// The signature covers the body; whether the store looks at it is another matter.
  static Seal hashed(PayloadHash hash, boolean compared) {
    return new Seal(hash, List.of(), "", compared);
  }

  /// TLS alone covers the body.
  static Seal open() {
    return new Seal(PayloadHash.UNSIGNED, List.of(), "", false);
  }

  static Seal ofCrc32c(String base64) {
    return new Seal(
        PayloadHash.UNSIGNED, List.of(new Header("x-amz-checksum-crc32c", base64)), base64, true);
  }

  static Seal ofMd5(String base64) {
    return new Seal(PayloadHash.UNSIGNED, List.of(new Header("Content-MD5", base64)), "", true);
  }
}
