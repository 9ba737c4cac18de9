package org.diskferry.access.signing;

import java.nio.charset.StandardCharsets;

/// One header field of a request.
///
/// @param name in any case
/// @param value as text; what was read from the wire as ISO 8859-1 comes in through [#ofWire]
public record Header(String name, String value) {

  /// A field as a server library delivers it, one `char` a byte: bytes beyond ASCII are read as
  /// UTF-8, which is what clients sign.
  public static Header ofWire(String name, String latin1) {
    byte[] bytes = latin1.getBytes(StandardCharsets.ISO_8859_1);
    return new Header(name, new String(bytes, StandardCharsets.UTF_8));
  }
}
