package org.diskferry.media.fs.fat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.Locale;

/// Names of eight and three bytes, in a code page.
final class ShortNames {
  static final int LENGTH = 11;

  private static final int BASE = 8;

  /// Bits that Windows NT adds: a part of the name that is all in small letters.
  private static final int SMALL_BASE = 0x08;

  private static final int SMALL_EXTENSION = 0x10;

  /// Stands for E5, which marks deleted entries, where a name begins with that.
  private static final byte ESCAPED_E5 = 0x05;

  /// Where a byte that the code page does not have is put: no text has these alone, so that the
  /// name is not valid and stays different from others.
  private static final int LONE_SURROGATES = 0xDC00;

  private final Charset codePage;

  ShortNames(Charset codePage) {
    this.codePage = codePage;
  }

  /// The name in the 11 bytes of `raw`, with its dot; `caseBits` as the entry has them.
  String name(byte[] raw, int caseBits) {
    byte[] bytes = raw.clone();
    if (bytes[0] == ESCAPED_E5) {
      bytes[0] = (byte) 0xE5;
    }
    String base = part(bytes, 0, BASE, (caseBits & SMALL_BASE) != 0);
    String extension = part(bytes, BASE, LENGTH, (caseBits & SMALL_EXTENSION) != 0);
    return extension.isEmpty() ? base : base + "." + extension;
  }

  /// The label in 11 bytes; it has no dot.
  String label(byte[] raw) {
    byte[] bytes = raw.clone();
    if (bytes[0] == ESCAPED_E5) {
      bytes[0] = (byte) 0xE5;
    }
    return part(bytes, 0, bytes.length, false);
  }

  private String part(byte[] bytes, int from, int to, boolean isSmall) {
    int end = to;
    while (end > from && bytes[end - 1] == ' ') {
      end--;
    }
    String text = decode(bytes, from, end - from);
    return isSmall ? text.toLowerCase(Locale.ROOT) : text;
  }

  private String decode(byte[] bytes, int from, int length) {
    try {
      return codePage
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes, from, length))
          .toString();
    } catch (CharacterCodingException e) {
      return undecoded(bytes, from, length);
    }
  }

  private static String undecoded(byte[] bytes, int from, int length) {
    CharBuffer units = CharBuffer.allocate(length);
    for (int i = from; i < from + length; i++) {
      int one = Byte.toUnsignedInt(bytes[i]);
      units.put((char) (one < 0x80 ? one : LONE_SURROGATES + one));
    }
    return units.flip().toString();
  }
}
