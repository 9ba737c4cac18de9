package org.diskferry.store.testing;

import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.diskferry.store.Headers;
import org.diskferry.store.ObjectKey;

/// A multipart upload that was begun and not ended.
record MemoryUpload(ObjectKey key, Headers headers, NavigableMap<Integer, byte[]> parts) {

  static MemoryUpload begun(ObjectKey key, Headers headers) {
    return new MemoryUpload(key, headers, new ConcurrentSkipListMap<>());
  }
}
