package org.diskferry.depot.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.diskferry.access.AccountId;
import org.diskferry.access.signing.Payload;
import org.diskferry.depot.acl.Caller;
import org.diskferry.depot.index.BucketName;
import org.diskferry.depot.index.ObjectKey;

/// A request whose sender is known, at work.
///
/// @param request as it came in
/// @param caller who sent it
/// @param payload what its signature says of the body
/// @param at when it came
record Call(S3Request request, Caller caller, Payload payload, Instant at) {
  /// The longest document: 10,000 parts with checksums, or 1,000 keys of 1,024 escaped bytes.
  private static final int LONGEST_DOCUMENT = 8 * 1024 * 1024;

  String header(String name) {
    return request.header(name);
  }

  Parameters query() {
    return request.query();
  }

  BucketName bucket() {
    return switch (request.target()) {
      case Target.OfBucket target -> target.bucket();
      case Target.OfObject target -> target.bucket();
      case Target.OfService _ -> throw new IllegalStateException("no bucket was named");
    };
  }

  ObjectKey key() {
    if (request.target() instanceof Target.OfObject target) {
      return target.key();
    }
    throw new IllegalStateException("no object was named");
  }

  /// The account that the caller acts for.
  AccountId account() throws S3Fault {
    return switch (caller) {
      case Caller.User user -> user.principal().account();
      case Caller.Nobody _ -> throw new S3Fault(S3Code.AccessDenied);
    };
  }

  /// The body, to be verified as it is read.
  Body body() throws IOException {
    return Body.of(this);
  }

  /// A body that is a document; read whole and verified.
  XmlElement document() throws IOException {
    byte[] bytes = documentBytes();
    return XmlReader.read(new String(bytes, StandardCharsets.UTF_8));
  }

  /// The bytes of a document; none where the client sent none.
  byte[] documentBytes() throws IOException {
    if (request.body().length() == 0) {
      return new byte[0];
    }
    try (InputStream body = body().checked()) {
      byte[] bytes = body.readNBytes(LONGEST_DOCUMENT);
      if (bytes.length == LONGEST_DOCUMENT) {
        throw new S3Fault(S3Code.MalformedXML, "The document is longer than 8 MiB.");
      }
      return bytes;
    }
  }
}
