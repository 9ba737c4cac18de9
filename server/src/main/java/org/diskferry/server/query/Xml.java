package org.diskferry.server.query;

import java.util.ArrayDeque;
import java.util.Deque;

/// Writes an answer's XML (XML 1.0, fifth edition). Elements without content are left out, because
/// clients choke on empty numbers and dates; characters that XML cannot hold become U+FFFD; CR is
/// written as a reference, without which parsers read it as LF.
final class Xml {
  private static final char REPLACEMENT = '\uFFFD';

  private final StringBuilder out = new StringBuilder("<?xml version=\"1.0\"?>\n");
  private final Deque<String> open = new ArrayDeque<>();

  /// Begins the outermost element.
  Xml root(String name, String namespace) {
    out.append('<').append(name).append(" xmlns=\"").append(namespace).append("\">");
    open.push(name);
    return this;
  }

  /// Begins an element.
  Xml open(String name) {
    out.append('<').append(name).append('>');
    open.push(name);
    return this;
  }

  /// Ends the innermost element.
  Xml close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /// An element with a text; nothing where the text is empty.
  Xml text(String name, String value) {
    if (!value.isEmpty()) {
      out.append('<').append(name).append('>');
      value.codePoints().forEach(this::character);
      out.append("</").append(name).append('>');
    }
    return this;
  }

  /// An element with `true` or `false`.
  Xml flag(String name, boolean value) {
    return text(name, Boolean.toString(value));
  }

  /// An element with a number.
  Xml number(String name, long value) {
    return text(name, Long.toString(value));
  }

  /// The whole text; everything that was begun must have ended.
  String end() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("element " + open.peek() + " has not ended");
    }
    return out.append('\n').toString();
  }

  private void character(int c) {
    switch (c) {
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '&' -> out.append("&amp;");
      case '\r' -> out.append("&#xD;");
      default -> out.appendCodePoint(isAllowed(c) ? c : REPLACEMENT);
    }
  }

  /// Section 2.2; a surrogate that comes here is half a pair.
  private static boolean isAllowed(int c) {
    return c == '\t'
        || c == '\n'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
