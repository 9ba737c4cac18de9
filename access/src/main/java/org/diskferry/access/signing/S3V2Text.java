package org.diskferry.access.signing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The text that the object stores' Signature Version 2 is over (S3 developer guide, "Signing and
/// authenticating REST requests").
final class S3V2Text {
  private static final String AMZ = "x-amz-";

  /// Parameters that name a part of the resource, or change the answer.
  private static final Set<String> SIGNED =
      Set.of(
          "acl",
          "cors",
          "delete",
          "lifecycle",
          "location",
          "logging",
          "notification",
          "partNumber",
          "policy",
          "requestPayment",
          "response-cache-control",
          "response-content-disposition",
          "response-content-encoding",
          "response-content-language",
          "response-content-type",
          "response-expires",
          "restore",
          "tagging",
          "torrent",
          "uploadId",
          "uploads",
          "versionId",
          "versioning",
          "versions",
          "website");

  private S3V2Text() {}

  /// @param path in the encoding that was signed
  /// @param date header, or the time of expiry, or empty
  /// @param presigned whether what would be headers may be parameters
  static String of(
      RequestHead head, String path, FormParameters query, String date, boolean presigned) {
    SortedMap<String, String> fields = fields(head);
    if (presigned) {
      for (Parameter each : query.all()) {
        fields.putIfAbsent(each.name().toLowerCase(Locale.ROOT), each.value());
      }
    }
    StringBuilder text = new StringBuilder();
    text.append(head.method()).append('\n');
    text.append(fields.getOrDefault("content-md5", "")).append('\n');
    text.append(fields.getOrDefault("content-type", "")).append('\n');
    text.append(date).append('\n');
    fields
        .subMap(AMZ, AMZ + Character.MAX_VALUE)
        .forEach((name, value) -> text.append(name).append(':').append(value).append('\n'));
    return text.append(path).append(resource(query)).toString();
  }

  private static SortedMap<String, String> fields(RequestHead head) {
    SortedMap<String, String> fields = new TreeMap<>();
    for (Header header : head.headers()) {
      fields.merge(
          header.name().toLowerCase(Locale.ROOT),
          header.value().strip(),
          (first, second) -> first + "," + second);
    }
    return fields;
  }

  private static String resource(FormParameters query) {
    List<String> kept = new ArrayList<>();
    query.all().stream()
        .filter(each -> SIGNED.contains(each.name()))
        .sorted((a, b) -> a.name().compareTo(b.name()))
        .forEach(each ->
            kept.add(each.value().isEmpty() ? each.name() : each.name() + "=" + each.value()));
    return kept.isEmpty() ? "" : "?" + String.join("&", kept);
  }
}
