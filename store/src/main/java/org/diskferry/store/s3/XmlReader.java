package org.diskferry.store.s3;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Reads the small XML that stores answer with (XML 1.0, without document types, so that nothing is
/// ever fetched or expanded). More lenient than a parser may be in one point: characters that XML
/// forbids are taken, because stores echo keys that have them.
final class XmlReader {
  /// Answers of stores have four levels.
  private static final int DEEPEST = 16;

  private static final Map<String, String> ENTITIES =
      Map.of("lt", "<", "gt", ">", "amp", "&", "quot", "\"", "apos", "'");
  private static final int LONGEST_ENTITY = 10;

  private final String text;
  private int at;

  private XmlReader(String text) {
    this.text = text;
  }

  /// The outermost element.
  static XmlElement read(byte[] document) throws XmlException {
    XmlReader reader = new XmlReader(new String(document, StandardCharsets.UTF_8));
    reader.skipProlog();
    return reader.element(1);
  }

  private void skipProlog() throws XmlException {
    if (text.startsWith("\uFEFF")) {
      at++;
    }
    while (true) {
      skipBlanks();
      if (text.startsWith("<?", at)) {
        skipPast("?>");
      } else if (text.startsWith("<!--", at)) {
        skipPast("-->");
      } else {
        return;
      }
    }
  }

  private void skipBlanks() {
    while (at < text.length() && text.charAt(at) <= ' ') {
      at++;
    }
  }

  private void skipPast(String end) throws XmlException {
    int found = text.indexOf(end, at);
    if (found < 0) {
      throw fault("it ends before " + end);
    }
    at = found + end.length();
  }

  private XmlElement element(int depth) throws XmlException {
    if (depth > DEEPEST) {
      throw fault("more than " + DEEPEST + " levels");
    }
    if (!text.startsWith("<", at) || text.startsWith("<!", at)) {
      throw fault("an element was expected");
    }
    int from = ++at;
    while (at < text.length() && " \t\r\n/>".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String name = text.substring(from, at);
    if (name.isEmpty()) {
      throw fault("an element without a name");
    }
    XmlElement element = new XmlElement(name.substring(name.indexOf(':') + 1));
    if (skipAttributes()) {
      content(element, name, depth);
    }
    return element;
  }

  /// Answers whether content follows.
  private boolean skipAttributes() throws XmlException {
    while (at < text.length()) {
      char next = text.charAt(at++);
      if (next == '>') {
        return true;
      }
      if (next == '/' && text.startsWith(">", at)) {
        at++;
        return false;
      }
      if (next == '"' || next == '\'') {
        skipPast(String.valueOf(next));
      }
    }
    throw fault("it ends inside a tag");
  }

  private void content(XmlElement element, String name, int depth) throws XmlException {
    while (true) {
      int tag = text.indexOf('<', at);
      if (tag < 0) {
        throw fault("it ends inside " + element.name());
      }
      element.append(unescaped(text.substring(at, tag)));
      at = tag;
      if (text.startsWith("</", at)) {
        at += 2;
        if (!text.startsWith(name, at)) {
          throw fault("another element ends inside " + element.name());
        }
        skipPast(">");
        return;
      } else if (text.startsWith("<![CDATA[", at)) {
        int from = at + "<![CDATA[".length();
        skipPast("]]>");
        element.append(text.substring(from, at - "]]>".length()));
      } else if (text.startsWith("<!--", at)) {
        skipPast("-->");
      } else if (text.startsWith("<?", at)) {
        skipPast("?>");
      } else {
        element.add(element(depth + 1));
      }
    }
  }

  private String unescaped(String raw) throws XmlException {
    int amp = raw.indexOf('&');
    if (amp < 0) {
      return raw;
    }
    StringBuilder out = new StringBuilder(raw.length());
    int from = 0;
    for (; amp >= 0; amp = raw.indexOf('&', from)) {
      int end = raw.indexOf(';', amp);
      if (end < 0 || end - amp > LONGEST_ENTITY) {
        throw fault("a bare ampersand");
      }
      out.append(raw, from, amp).append(entity(raw.substring(amp + 1, end)));
      from = end + 1;
    }
    return out.append(raw, from, raw.length()).toString();
  }

  private String entity(String name) throws XmlException {
    if (!name.startsWith("#")) {
      String known = ENTITIES.get(name);
      if (known == null) {
        throw fault("the entity " + name + " is not XML's");
      }
      return known;
    }
    try {
      boolean hex = name.startsWith("#x");
      return Character.toString(Integer.parseInt(name.substring(hex ? 2 : 1), hex ? 16 : 10));
    } catch (IllegalArgumentException e) {
      throw fault("the character reference " + name + " is none");
    }
  }

  private XmlException fault(String what) {
    return new XmlException("not the XML of a store, at character " + at + ": " + what);
  }
}
