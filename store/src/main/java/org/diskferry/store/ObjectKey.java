package org.diskferry.store;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

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
    return Arrays.compareUnsigned(bytes(), that.bytes());
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
