package org.diskferry.depot.s3;

import java.util.Map;
import java.util.SortedMap;
import org.diskferry.access.signing.RequestHead;

/// A request as it came in.
///
/// @param id given to it
/// @param head exactly as sent, for verifying
/// @param target what its path names
/// @param query its parameters
/// @param fields its headers: names in lower case, values one `char` a byte, several joined by
///   commas
/// @param body its body, not read yet
record S3Request(
    String id,
    RequestHead head,
    Target target,
    Parameters query,
    SortedMap<String, String> fields,
    WireBody body) {

  /// A header; empty text where it is absent.
  String header(String name) {
    return fields.getOrDefault(name, "");
  }

  /// The headers that begin with a prefix.
  Map<String, String> headers(String prefix) {
    return fields.subMap(prefix, prefix + Character.MAX_VALUE);
  }
}
