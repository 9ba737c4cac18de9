package org.diskferry.depot.s3;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diskferry.access.signing.RequestHead;

/// A request as it came in.
///
/// @param id given to it
/// @param head exactly as sent, for verifying
/// @param hostBucket the bucket that its host names; empty where its path does
/// @param target what host and path name
/// @param query its parameters
/// @param fields its headers: names in lower case, values one `char` a byte, several joined by
///   commas
/// @param body its body, not read yet
record S3Request(
    String id,
    RequestHead head,
    String hostBucket,
    Target target,
    Parameters query,
    SortedMap<String, String> fields,
    WireBody body) {
  private static final Set<String> OF_SIGNATURE =
      Set.of(
          "x-amz-algorithm",
          "x-amz-content-sha256",
          "x-amz-credential",
          "x-amz-date",
          "x-amz-expires",
          "x-amz-security-token",
          "x-amz-signature",
          "x-amz-signedheaders");

  /// The same with those parameters of its query as headers that a signer put there: a presigned
  /// request may carry `x-amz-acl` and the like either way. A header goes before.
  S3Request withFieldsOfQuery() {
    SortedMap<String, String> all = new TreeMap<>(fields);
    for (String name : query.names()) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (lower.startsWith("x-amz-") && !OF_SIGNATURE.contains(lower)) {
        byte[] utf8 = query.value(name).getBytes(StandardCharsets.UTF_8);
        all.putIfAbsent(lower, new String(utf8, StandardCharsets.ISO_8859_1));
      }
    }
    return new S3Request(id, head, hostBucket, target, query, all, body);
  }

  /// A header; empty text where it is absent.
  String header(String name) {
    return fields.getOrDefault(name, "");
  }

  /// The headers that begin with a prefix.
  Map<String, String> headers(String prefix) {
    return fields.subMap(prefix, prefix + Character.MAX_VALUE);
  }
}
