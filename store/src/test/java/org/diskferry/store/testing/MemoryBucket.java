package org.diskferry.store.testing;

import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.diskferry.store.ObjectKey;
import org.diskferry.store.ObjectStore.UploadId;

/// A bucket of the store in memory.
///
/// @param completed uploads that became objects, with the ETag that was answered
record MemoryBucket(
    String region,
    NavigableMap<ObjectKey, MemoryObject> objects,
    Map<UploadId, MemoryUpload> uploads,
    Map<UploadId, String> completed) {

  static MemoryBucket empty(String region) {
    return new MemoryBucket(
        region,
        new ConcurrentSkipListMap<>(),
        new ConcurrentHashMap<>(),
        new ConcurrentHashMap<>());
  }
}
