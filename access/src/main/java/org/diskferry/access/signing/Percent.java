package org.diskferry.access.signing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/// Percent-encoding as signatures want it (RFC 3986, section 2): everything but `A-Za-z0-9-_.~` is
/// `%XX` in upper case, over the bytes of UTF-8.
public final class Percent {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final int ESCAPE_LENGTH = 3;

  private Percent() {}

  /// Encodes a name or a value; slashes too.
  public static String encode(String text) {
    return encode(text.getBytes(StandardCharsets.UTF_8), false);
  }

  /// Encodes a path or an object's key; slashes stay.
  public static String encodePath(String path) {
    return encode(path.getBytes(StandardCharsets.UTF_8), true);
  }

  /// Decodes a path. Empty where an escape is cut off or the bytes are not UTF-8.
  public static Optional<String> decode(String encoded) {
    return bytes(encoded, false).flatMap(Percent::utf8);
  }

  /// Decodes a name or a value of form data, in which `+` is a blank.
  static Optional<String> decodeForm(String encoded) {
    return bytes(encoded, true).flatMap(Percent::utf8);
  }

  /// The same path in the one encoding that this class writes; a path with a broken escape as it
  /// is.
  static String canonicalPath(String path) {
    return bytes(path, false).map(b -> encode(b, true)).orElse(path);
  }

  /// The same name or value of a query in the one encoding that this class writes.
  static String canonicalForm(String encoded) {
    return bytes(encoded, true).map(b -> encode(b, false)).orElse(encoded);
  }

  private static String encode(byte[] bytes, boolean slashesStay) {
    StringBuilder out = new StringBuilder(bytes.length + bytes.length / 2);
    for (byte b : bytes) {
      if (isUnreserved(b) || (slashesStay && b == '/')) {
        out.append((char) b);
      } else {
        HEX.toHexDigits(out.append('%'), b);
      }
    }
    return out.toString();
  }

  private static boolean isUnreserved(byte b) {
    return (b >= 'A' && b <= 'Z')
        || (b >= 'a' && b <= 'z')
        || (b >= '0' && b <= '9')
        || b == '-'
        || b == '_'
        || b == '.'
        || b == '~';
  }

  private static Optional<byte[]> bytes(String encoded, boolean plusIsBlank) {
    byte[] in = encoded.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
    for (int i = 0; i < in.length; i++) {
      if (in[i] == '%') {
        if (i + ESCAPE_LENGTH > in.length || !isHex(in[i + 1]) || !isHex(in[i + 2])) {
          return Optional.empty();
        }
        out.write(HexFormat.fromHexDigit(in[i + 1]) << 4 | HexFormat.fromHexDigit(in[i + 2]));
        i += ESCAPE_LENGTH - 1;
      } else {
        out.write(plusIsBlank && in[i] == '+' ? ' ' : in[i]);
      }
    }
    return Optional.of(out.toByteArray());
  }

  private static boolean isHex(byte b) {
    return HexFormat.isHexDigit(b);
  }

  private static Optional<String> utf8(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
