package org.diskferry.job.naming;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// What an object carries beside its bytes; empty text means absent.
///
/// @param contentType `Content-Type`
/// @param contentEncoding `Content-Encoding`
/// @param cacheControl `Cache-Control`
/// @param contentDisposition `Content-Disposition`
/// @param contentLanguage `Content-Language`
/// @param expires `Expires`, as written
/// @param metadata user metadata, keys in lower case without `x-amz-meta-`, ASCII values
/// @param acl canned ACL; empty where the manifest names none
/// @param storageClass empty where the manifest names none
public record ObjectHeaders(
    String contentType,
    String contentEncoding,
    String cacheControl,
    String contentDisposition,
    String contentLanguage,
    String expires,
    Map<String, String> metadata,
    String acl,
    String storageClass) {

  /// Copies the metadata, in order of keys.
  public ObjectHeaders {
    metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
  }
}
