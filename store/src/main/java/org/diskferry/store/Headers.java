package org.diskferry.store;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What an object carries beside its bytes. Values without CR and LF; empty text means absent.
///
/// @param contentType `Content-Type`
/// @param contentEncoding `Content-Encoding`
/// @param cacheControl `Cache-Control`
/// @param contentDisposition `Content-Disposition`
/// @param contentLanguage `Content-Language`
/// @param expires `Expires`, as written
/// @param metadata user metadata, keys in lower case without `x-amz-meta-`
/// @param acl canned ACL (`public-read`); empty for the store's default, private. Stores do not
///   tell it with an object's headers, so it is empty in what comes back
/// @param storageClass `STANDARD`, `REDUCED_REDUNDANCY`; empty for the store's default, and in what
///   comes back for `STANDARD`
public record Headers(
    String contentType,
    String contentEncoding,
    String cacheControl,
    String contentDisposition,
    String contentLanguage,
    String expires,
    Map<String, String> metadata,
    String acl,
    String storageClass) {

  /// Nothing but a content type.
  public static Headers ofType(String contentType) {
    return new Headers(contentType, "", "", "", "", "", Map.of(), "", "");
  }

  /// Copies the metadata, in order of keys, and refuses line ends.
  public Headers {
    metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
    for (String value :
        List.of(
            contentType,
            contentEncoding,
            cacheControl,
            contentDisposition,
            contentLanguage,
            expires,
            acl,
            storageClass)) {
      checkLine(value);
    }
    metadata.forEach((key, value) -> {
      checkLine(key);
      checkLine(value);
    });
  }

  private static void checkLine(String value) {
    if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("a header value must be one line");
    }
  }
}
