package org.diskferry.station.fill;

import java.time.Instant;
import org.diskferry.store.BucketName;
import org.diskferry.store.ObjectKey;

/// An object that an operation selects, as the store listed it.
///
/// @param number its place in the order of the export, from 0
/// @param operation index of the operation in the manifest
/// @param etag without quotation marks; what is fetched must still have it
/// @param modified when it was stored
/// @param crc32c of its bytes in base64; empty where the store tells none
record Wish(
    int number,
    int operation,
    BucketName bucket,
    ObjectKey key,
    long size,
    String etag,
    Instant modified,
    String crc32c) {

  /// For people, and the log: bucket and key.
  String name() {
    return bucket + "/" + key;
  }
}
