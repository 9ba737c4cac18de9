package org.diskferry.store;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Key of an object: 1 to 1,024 bytes of UTF-8. Any character is legal, `/`, `..` and control
/// characters included; nothing is ever normalised. Ordered by the bytes of its UTF-8, as stores
/// list.
public record ObjectKey(String value) implements Comparable<ObjectKey> {
  /// Most bytes that a key may have.
  public static final int LONGEST = 1024;

  /// Checks the length and that the text can be encoded.
  public ObjectKey {
    int length = encode(value).length;
    if (length == 0 || length > LONGEST) {
      throw new IllegalArgumentException("a key has 1 to 1024 bytes, this one " + length);
    }
  }

  /// The key in UTF-8.
  public byte[] bytes() {
    return encode(value);
  }

  @Override
  public int compareTo(ObjectKey that) {
    int common = Math.min(value.length(), that.value.length());
    for (int i = 0; i < common; i++) {
      char mine = value.charAt(i);
      char other = that.value.charAt(i);
      if (mine != other) {
        return Integer.compare(rank(mine), rank(other));
      }
    }
    return Integer.compare(value.length(), that.value.length());
  }

  /// Where a UTF-16 unit sorts among the bytes of UTF-8: surrogates stand for code points above all
  /// others. Comparing so saves encoding both keys, millions of times in a merge.
  private static int rank(char unit) {
    if (unit >= '\uE000') {
      return unit - 0x800;
    }
    return Character.isSurrogate(unit) ? unit + 0x2000 : unit;
  }

  @Override
  public String toString() {
    return value;
  }

  private static byte[] encode(String value) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a key must be Unicode text", e);
    }
  }
}
