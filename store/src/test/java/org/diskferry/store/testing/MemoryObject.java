package org.diskferry.store.testing;

import java.time.Instant;
import org.diskferry.store.Headers;
import org.diskferry.store.ObjectKey;
import org.diskferry.store.StoredObject;

/// An object as the store in memory keeps it.
final class MemoryObject {
  private final Headers headers;
  private final byte[] content;
  private final String etag;
  private final String crc32c;
  private final Instant modified;

  /// `etag` is the MD5, or the MD5 of MD5s with the number of parts; `crc32c` is empty where none
  /// is kept. The bytes are not copied: a test damages them in place.
  MemoryObject(Headers headers, byte[] content, String etag, String crc32c, Instant modified) {
    this.headers = headers;
    this.content = content;
    this.etag = etag;
    this.crc32c = crc32c;
    this.modified = modified;
  }

  Headers headers() {
    return headers;
  }

  byte[] content() {
    return content;
  }

  String etag() {
    return etag;
  }

  StoredObject listed(ObjectKey key) {
    return new StoredObject(key, content.length, etag, modified, crc32c);
  }
}
