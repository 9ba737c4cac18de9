package org.diskferry.store.s3;

import org.diskferry.access.signing.Percent;
import org.diskferry.store.BucketName;
import org.diskferry.store.http.Origin;

/// Where a bucket is, as far as is known.
///
/// @param origin to send to
/// @param inHost whether the bucket's name is part of the host
/// @param region to sign for
record Place(Origin origin, boolean inHost, String region) {

  /// The path of an object, or of the bucket where the key is empty.
  String path(BucketName bucket, String key) {
    String inside = Percent.encodePath(key);
    return inHost ? "/" + inside : "/" + Percent.encode(bucket.value()) + "/" + inside;
  }

  Place in(String otherRegion) {
    return new Place(origin, inHost, otherRegion);
  }
}
