package org.diskferry.depot.s3;

/// An XML document being written. What XML 1.0 cannot hold becomes U+FFFD where it is only told
/// back to who said it, and a character reference where it is news: a parser refuses that, which is
/// better than a wrong key. Clients that want such keys ask for `encoding-type=url`.
final class XmlText {
  private static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

  private final StringBuilder out = new StringBuilder();

  private XmlText() {}

  /// A document in the namespace of S3; the root is to be closed like any element.
  static XmlText document(String root) {
    XmlText text = plain();
    text.out.append('<').append(root).append(" xmlns=\"").append(NAMESPACE).append("\">");
    return text;
  }

  /// A document without namespace, as errors are.
  static XmlText plain() {
    XmlText text = new XmlText();
    text.out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    return text;
  }

  XmlText open(String element) {
    out.append('<').append(element).append('>');
    return this;
  }

  /// Opens an element with attributes, which are written as they are.
  XmlText open(String element, String attributes) {
    out.append('<').append(element).append(' ').append(attributes).append('>');
    return this;
  }

  XmlText close(String element) {
    out.append("</").append(element).append('>');
    return this;
  }

  XmlText leaf(String element, String value) {
    return open(element).text(value).close(element);
  }

  XmlText text(String value) {
    value.codePoints().map(XmlText::shown).forEach(this::character);
    return this;
  }

  /// A key that the client does not know yet.
  XmlText news(String element, String value) {
    open(element);
    value.codePoints().forEach(this::character);
    return close(element);
  }

  XmlText leaf(String element, long value) {
    return leaf(element, Long.toString(value));
  }

  XmlText leaf(String element, boolean value) {
    return leaf(element, Boolean.toString(value));
  }

  /// An element that is left out where there is no value.
  XmlText leafUnlessEmpty(String element, String value) {
    return value.isEmpty() ? this : leaf(element, value);
  }

  @Override
  public String toString() {
    return out.toString();
  }

  private static int shown(int c) {
    boolean blank = c == '\t' || c == '\n' || c == '\r';
    return (c < ' ' && !blank) || c == 0xfffe || c == 0xffff ? 0xfffd : c;
  }

  private void character(int c) {
    switch (c) {
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '&' -> out.append("&amp;");
      case '"' -> out.append("&quot;");
      default -> {
        if (c < ' ' || c == 0x7f || c != shown(c)) {
          out.append("&#x").append(Integer.toHexString(c)).append(';');
        } else {
          out.appendCodePoint(c);
        }
      }
    }
  }
}
