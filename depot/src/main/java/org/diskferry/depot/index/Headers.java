package org.diskferry.depot.index;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// The headers that are stored with an object and given back with it (`content-type`,
/// `x-amz-meta-author` …), one `char` a byte as HTTP has them.
///
/// @param fields names in lower case to values of one line
public record Headers(SortedMap<String, String> fields) {
  /// No headers.
  public static final Headers NONE = new Headers(new TreeMap<>());

  /// Copies the fields.
  ///
  /// @throws IllegalArgumentException if a name or value cannot stand in a header
  public Headers {
    fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    fields.forEach((name, value) -> {
      if (name.isEmpty() || name.indexOf(':') >= 0 || isBroken(name) || isBroken(value)) {
        throw new IllegalArgumentException("not a header: " + name);
      }
    });
  }

  /// One line a field.
  String text() {
    StringBuilder text = new StringBuilder();
    fields.forEach((name, value) -> text.append(name).append(':').append(value).append('\n'));
    return text.toString();
  }

  static Headers of(String text) {
    SortedMap<String, String> fields = new TreeMap<>();
    for (int from = 0; from < text.length(); ) {
      int colon = text.indexOf(':', from);
      int end = text.indexOf('\n', colon);
      fields.put(text.substring(from, colon), text.substring(colon + 1, end));
      from = end + 1;
    }
    return new Headers(fields);
  }

  private static boolean isBroken(String part) {
    return part.indexOf('\n') >= 0 || part.indexOf('\r') >= 0 || part.indexOf('\0') >= 0;
  }
}
