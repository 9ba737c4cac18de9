package org.diskferry.depot.s3;

import org.diskferry.access.signing.Percent;
import org.diskferry.depot.index.BucketName;
import org.diskferry.depot.index.ObjectKey;

/// What a request's path names.
sealed interface Target {

  /// The store itself.
  record OfService() implements Target {}

  /// A bucket.
  record OfBucket(BucketName bucket) implements Target {}

  /// An object, there or not.
  record OfObject(BucketName bucket, ObjectKey key) implements Target {}

  /// Reads a path as it was sent. What follows the bucket's slash is the key, to be decoded once
  /// and otherwise left alone: `a//b`, `..` and `%2F` are keys like any other.
  static Target of(String path) throws S3Fault {
    String rest = path.startsWith("/") ? path.substring(1) : path;
    int slash = rest.indexOf('/');
    String bucket = decode(slash < 0 ? rest : rest.substring(0, slash));
    if (bucket.isEmpty() && slash < 0) {
      return new OfService();
    }
    if (!BucketName.isValid(bucket)) {
      throw new S3Fault(S3Code.InvalidBucketName);
    }
    String key = slash < 0 ? "" : decode(rest.substring(slash + 1));
    return key.isEmpty()
        ? new OfBucket(new BucketName(bucket))
        : new OfObject(new BucketName(bucket), key(key));
  }

  /// A key, wherever it came from.
  static ObjectKey key(String text) throws S3Fault {
    try {
      return ObjectKey.of(text);
    } catch (IllegalArgumentException e) {
      throw new S3Fault(S3Code.KeyTooLongError, e.getMessage() + ".", e);
    }
  }

  private static String decode(String encoded) throws S3Fault {
    return Percent.decode(encoded)
        .orElseThrow(
            () -> new S3Fault(S3Code.InvalidURI, "The path is not UTF-8, or an escape is broken."));
  }
}
