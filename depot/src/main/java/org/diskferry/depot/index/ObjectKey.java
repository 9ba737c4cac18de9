package org.diskferry.depot.index;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The key of an object: 1 to 1,024 bytes of UTF-8, ordered as bytes without sign, never
/// normalised.
public final class ObjectKey implements Comparable<ObjectKey> {
  /// Most bytes, as S3 has it.
  public static final int LONGEST = 1024;

  private final byte[] bytes;

  private ObjectKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /// From text.
  ///
  /// @throws IllegalArgumentException if it is empty, too long, or holds half of a surrogate pair
  public static ObjectKey of(String text) {
    byte[] bytes = encode(text);
    if (bytes.length == 0 || bytes.length > LONGEST) {
      throw new IllegalArgumentException("a key has 1 to 1024 bytes, not " + bytes.length);
    }
    return new ObjectKey(bytes);
  }

  static ObjectKey ofStored(byte[] bytes) {
    return new ObjectKey(bytes);
  }

  /// Its bytes, not to be changed.
  byte[] bytes() {
    return bytes;
  }

  @Override
  public int compareTo(ObjectKey that) {
    return Arrays.compareUnsigned(bytes, that.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ObjectKey that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /// The key as text.
  @Override
  public String toString() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] encode(String text) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a key must be Unicode text", e);
    }
  }
}
