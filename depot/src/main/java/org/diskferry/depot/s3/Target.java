package org.diskferry.depot.s3;

import org.diskferry.access.signing.Percent;
import org.diskferry.depot.index.BucketName;
import org.diskferry.depot.index.ObjectKey;

/// What a request names by its path, or by its host and path.
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
    return in(new BucketName(bucket), slash < 0 ? "" : rest.substring(slash + 1));
  }

  /// Reads a path below a bucket that the host names.
  ///
  /// @param bucket from the host; empty where it is the path that names it
  static Target of(String bucket, String path) throws S3Fault {
    if (bucket.isEmpty()) {
      return of(path);
    }
    if (!BucketName.isValid(bucket)) {
      throw new S3Fault(S3Code.InvalidBucketName);
    }
    return in(new BucketName(bucket), path.startsWith("/") ? path.substring(1) : path);
  }

  private static Target in(BucketName bucket, String encodedKey) throws S3Fault {
    String key = decode(encodedKey);
    return key.isEmpty() ? new OfBucket(bucket) : new OfObject(bucket, key(key));
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
