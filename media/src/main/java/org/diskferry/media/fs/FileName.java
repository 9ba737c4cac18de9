package org.diskferry.media.fs;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The name of one entry of a directory, as a person sees it, without separators.
///
/// Kept as bytes: valid UTF-8 where the volume's name could be expressed so, else what the volume
/// holds. Two names that differ on the volume differ here. A name that is not valid is never an
/// object's key; [#text] shows it with `\xNN` for each byte that is no UTF-8. Not valid either is
/// what would change the path around it, which no driver writes but a disk can hold: an empty name,
/// `.` and `..`, and names with `/` or a zero byte; [#text] shows those bytes as `\xNN` too.
public final class FileName {
  private final byte[] bytes;
  private final boolean valid;

  private FileName(byte[] bytes, boolean valid) {
    this.bytes = bytes;
    this.valid = valid;
  }

  /// From the bytes of a volume that stores UTF-8 (ext): copied.
  public static FileName ofUtf8(byte[] bytes) {
    return new FileName(bytes.clone(), isUtf8(bytes) && !changesPath(bytes));
  }

  /// From the UTF-16 units of a volume that stores those (NTFS, exFAT, FAT's long names, HFS+). A
  /// name with an unpaired surrogate is not valid; it is kept as the generalised UTF-8 of its units
  /// (WTF-8), so that different names stay different.
  public static FileName ofUtf16(CharSequence units) {
    byte[] ascii = ascii(units);
    if (ascii != null) {
      return new FileName(ascii, !changesPath(ascii));
    }
    try {
      ByteBuffer encoded =
          StandardCharsets.UTF_8
              .newEncoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .encode(CharBuffer.wrap(units));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return new FileName(bytes, !changesPath(bytes));
    } catch (CharacterCodingException e) {
      return new FileName(wtf8(units), false);
    }
  }

  // Most names are, and need no encoder; null for others.
  private static byte @Nullable [] ascii(CharSequence units) {
    byte[] bytes = new byte[units.length()];
    for (int i = 0; i < bytes.length; i++) {
      char unit = units.charAt(i);
      if (unit >= 0x80) {
        return null;
      }
      bytes[i] = (byte) unit;
    }
    return bytes;
  }

  /// The bytes, UTF-8 where [#isValid]; a copy.
  public byte[] bytes() {
    return bytes.clone();
  }

  /// Length in bytes.
  public int length() {
    return bytes.length;
  }

  /// Whether this is a name in UTF-8 that an object's key can hold.
  public boolean isValid() {
    return valid;
  }

  /// For people: the name, with `\xNN` in place of every byte that is no UTF-8 or would change the
  /// path.
  public String text() {
    if (valid) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < bytes.length) {
      int length = sequenceLength(at);
      if (length == 0 || isSeparator(bytes[at]) || isDots(bytes)) {
        text.append("\\x").append(HexFormat.of().withUpperCase().toHexDigits(bytes[at]));
        at++;
      } else {
        text.append(new String(bytes, at, length, StandardCharsets.UTF_8));
        at += length;
      }
    }
    return text.toString();
  }

  private static boolean changesPath(byte[] bytes) {
    for (byte one : bytes) {
      if (isSeparator(one)) {
        return true;
      }
    }
    return bytes.length == 0 || isDots(bytes);
  }

  private static boolean isDots(byte[] bytes) {
    return (bytes.length == 1 && bytes[0] == '.')
        || (bytes.length == 2 && bytes[0] == '.' && bytes[1] == '.');
  }

  private static boolean isSeparator(byte one) {
    return one == '/' || one == 0;
  }

  // Length of the well-formed UTF-8 sequence that starts at `at`, 0 where none does.
  private int sequenceLength(int at) {
    for (int length = 1; length <= 4 && at + length <= bytes.length; length++) {
      if (isUtf8(Arrays.copyOfRange(bytes, at, at + length))) {
        return length;
      }
    }
    return 0;
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static byte[] wtf8(CharSequence units) {
    ByteBuffer out = ByteBuffer.allocate(units.length() * 3);
    int at = 0;
    while (at < units.length()) {
      int point = Character.codePointAt(units, at);
      at += Character.charCount(point);
      if (Character.isSurrogate((char) point) && point < 0x10000) {
        out.put((byte) 0xED)
            .put((byte) (0x80 | ((point >> 6) & 0x3F)))
            .put((byte) (0x80 | (point & 0x3F)));
      } else {
        out.put(Character.toString(point).getBytes(StandardCharsets.UTF_8));
      }
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FileName that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return text();
  }
}
