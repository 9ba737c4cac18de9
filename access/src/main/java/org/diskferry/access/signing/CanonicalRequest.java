package org.diskferry.access.signing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// The text of a request that Signature V4 covers (task 1 of its specification).
final class CanonicalRequest {
  static final String SIGNATURE_PARAMETER = "X-Amz-Signature";

  /// Characters that most requests have room in.
  private static final int USUAL = 1024;

  private CanonicalRequest() {}

  static String text(
      RequestHead head, String path, String query, List<String> signedHeaders, PayloadHash body) {
    StringBuilder text = new StringBuilder(USUAL);
    text.append(head.method()).append('\n').append(path).append('\n').append(query).append('\n');
    for (String name : signedHeaders) {
      appendHeader(text, head, name);
    }
    text.append('\n').append(String.join(";", signedHeaders)).append('\n').append(body.value());
    return text.toString();
  }

  /// The path of a service that does not keep object keys in it: without `.` and `..`, and encoded
  /// once more.
  static String encodedAgain(String path) {
    List<String> kept = new ArrayList<>();
    for (String segment : path.split("/", -1)) {
      if (segment.equals("..")) {
        if (!kept.isEmpty()) {
          kept.removeLast();
        }
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        kept.add(segment);
      }
    }
    String end = path.endsWith("/") && !kept.isEmpty() ? "/" : "";
    return Percent.encodePath("/" + String.join("/", kept) + end);
  }

  /// The query sorted, in the encoding in which it was sent, without the signature itself.
  static String sortedQuery(String query) {
    return query(query, false);
  }

  /// The query sorted and encoded anew, for clients that sign another encoding than they send.
  static String encodedQuery(String query) {
    return query(query, true);
  }

  private static String query(String query, boolean encodeAnew) {
    if (query.isEmpty()) {
      return "";
    }
    List<Parameter> pairs = new ArrayList<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      if (!pair.isEmpty() && !name.equals(SIGNATURE_PARAMETER)) {
        pairs.add(encodeAnew ? encodedAnew(name, value) : new Parameter(name, value));
      }
    }
    pairs.sort(Comparator.comparing(Parameter::name).thenComparing(Parameter::value));
    List<String> joined = new ArrayList<>();
    pairs.forEach(p -> joined.add(p.name() + "=" + p.value()));
    return String.join("&", joined);
  }

  private static Parameter encodedAnew(String name, String value) {
    return new Parameter(Percent.canonicalForm(name), Percent.canonicalForm(value));
  }

  private static void appendHeader(StringBuilder text, RequestHead head, String name) {
    text.append(name).append(':');
    boolean first = true;
    for (Header header : head.headers()) {
      if (header.name().equalsIgnoreCase(name)) {
        appendCollapsed(first ? text : text.append(','), header.value());
        first = false;
      }
    }
    text.append('\n');
  }

  /// Blanks at the ends removed, runs of blanks inside made one.
  private static void appendCollapsed(StringBuilder text, String value) {
    int start = text.length();
    boolean blank = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == ' ' || c == '\t') {
        blank = true;
      } else {
        if (blank && text.length() > start) {
          text.append(' ');
        }
        text.append(c);
        blank = false;
      }
    }
  }

  /// The names of headers in lower case and in order, each once.
  static List<String> namesOf(List<Header> headers) {
    Set<String> names = new TreeSet<>();
    for (Header header : headers) {
      names.add(header.name().toLowerCase(Locale.ROOT));
    }
    return List.copyOf(names);
  }
}
