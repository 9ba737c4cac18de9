package org.diskferry.depot.s3;

import java.util.List;

/// What a client may ask for with a stored object and would not get: refused, because ignoring it
/// would be a lie.
final class Unsupported {
  private static final List<String> PREFIXES =
      List.of(
          "x-amz-server-side-encryption",
          "x-amz-copy-source-server-side-encryption",
          "x-amz-object-lock-",
          "x-amz-website-redirect-location",
          "x-amz-write-offset-bytes");

  private Unsupported() {}

  static void check(S3Request request) throws S3Fault {
    if (!request.header("x-amz-tagging").isEmpty()) {
      throw new S3Fault(S3Code.NotImplemented, "Tags are not supported.");
    }
    for (String prefix : PREFIXES) {
      if (!request.headers(prefix).isEmpty()) {
        throw new S3Fault(
            S3Code.NotImplemented,
            "The header %s is not supported.".formatted(request.headers(prefix).keySet()));
      }
    }
  }
}
