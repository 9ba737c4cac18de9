package org.diskferry.depot.s3;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads the small documents that S3 clients send. Unlike the parsers of the JDK it takes control
/// characters, because keys may have them, and it knows no entities beyond the five and no document
/// types, so that there is nothing to expand or to fetch.
final class XmlReader {
  /// The documents of S3 are at most four deep; what is deeper is an attack.
  private static final int DEEPEST = 12;

  private final String in;
  private int at;

  private XmlReader(String in) {
    this.in = in;
  }

  /// The root of a document.
  static XmlElement read(String document) throws S3Fault {
    XmlReader reader =
        new XmlReader(document.startsWith("\ufeff") ? document.substring(1) : document);
    reader.skipMisc();
    XmlElement root = reader.element(0);
    reader.skipMisc();
    if (reader.at < reader.in.length()) {
      throw reader.malformed("something follows the root element");
    }
    return root;
  }

  private XmlElement element(int depth) throws S3Fault {
    if (depth > DEEPEST) {
      throw malformed("elements are nested too deeply");
    }
    expect("<");
    String name = name();
    Map<String, String> attributes = attributes();
    if (skip("/>")) {
      return new XmlElement(name, attributes, "", List.of());
    }
    expect(">");
    StringBuilder text = new StringBuilder();
    List<XmlElement> children = new ArrayList<>();
    while (!skip("</")) {
      content(text, children, depth);
    }
    if (!name().equals(name)) {
      throw malformed("the end of " + name + " is missing");
    }
    blanks();
    expect(">");
    return new XmlElement(name, attributes, text.toString(), List.copyOf(children));
  }

  private void content(StringBuilder text, List<XmlElement> children, int depth) throws S3Fault {
    if (skip("<!--")) {
      until("-->");
    } else if (skip("<![CDATA[")) {
      text.append(until("]]>"));
    } else if (skip("<?")) {
      until("?>");
    } else if (peek() == '<') {
      children.add(element(depth + 1));
    } else {
      text.appendCodePoint(character());
    }
  }

  private Map<String, String> attributes() throws S3Fault {
    Map<String, String> attributes = new HashMap<>();
    blanks();
    while (peek() != '>' && peek() != '/') {
      String name = name();
      blanks();
      expect("=");
      blanks();
      attributes.put(name, quoted());
      blanks();
    }
    return attributes;
  }

  private String quoted() throws S3Fault {
    char quote = peek();
    if (quote != '"' && quote != '\'') {
      throw malformed("an attribute has no quotation marks");
    }
    at++;
    StringBuilder value = new StringBuilder();
    while (peek() != quote) {
      value.appendCodePoint(character());
    }
    at++;
    return value.toString();
  }

  private int character() throws S3Fault {
    if (skip("&")) {
      return reference(until(";"));
    }
    int c = in.codePointAt(at);
    at += Character.charCount(c);
    return c;
  }

  private int reference(String name) throws S3Fault {
    return switch (name) {
      case "lt" -> '<';
      case "gt" -> '>';
      case "amp" -> '&';
      case "quot" -> '"';
      case "apos" -> '\'';
      default -> numbered(name);
    };
  }

  private int numbered(String name) throws S3Fault {
    try {
      int c =
          name.startsWith("#x")
              ? Integer.parseInt(name.substring(2), 16)
              : Integer.parseInt(name.startsWith("#") ? name.substring(1) : name);
      if (name.startsWith("#") && Character.isValidCodePoint(c)) {
        return c;
      }
    } catch (NumberFormatException _) {
      // Falls through to the same answer as a number that is no character.
    }
    throw malformed("unknown reference " + name);
  }

  private String name() throws S3Fault {
    int from = at;
    while (isNameCharacter(peek())) {
      at++;
    }
    if (at == from) {
      throw malformed("a name is missing");
    }
    String name = in.substring(from, at);
    return name.substring(name.indexOf(':') + 1);
  }

  private static boolean isNameCharacter(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.' || c == ':';
  }

  private void skipMisc() throws S3Fault {
    blanks();
    while (in.startsWith("<?", at) || in.startsWith("<!--", at)) {
      until(skip("<?") ? "?>" : "-->");
      blanks();
    }
  }

  private void blanks() {
    while (at < in.length() && Character.isWhitespace(in.charAt(at))) {
      at++;
    }
  }

  private char peek() throws S3Fault {
    if (at >= in.length()) {
      throw malformed("the document ends early");
    }
    return in.charAt(at);
  }

  private boolean skip(String text) {
    boolean there = in.startsWith(text, at);
    at += there ? text.length() : 0;
    return there;
  }

  private void expect(String text) throws S3Fault {
    if (!skip(text)) {
      throw malformed(text + " is missing");
    }
  }

  private String until(String end) throws S3Fault {
    int found = in.indexOf(end, at);
    if (found < 0) {
      throw malformed(end + " is missing");
    }
    String text = in.substring(at, found);
    at = found + end.length();
    return text;
  }

  private S3Fault malformed(String what) {
    return new S3Fault(
        S3Code.MalformedXML,
        S3Code.MalformedXML.message() + " Character " + at + ": " + what + ".");
  }
}
