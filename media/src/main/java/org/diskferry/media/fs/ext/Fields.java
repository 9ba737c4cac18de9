package org.diskferry.media.fs.ext;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Unsigned fields of a buffer, whatever its order.
final class Fields {
  private Fields() {}

  static int u8(ByteBuffer bytes, int at) {
    return Byte.toUnsignedInt(bytes.get(at));
  }

  static int u16(ByteBuffer bytes, int at) {
    return Short.toUnsignedInt(bytes.getShort(at));
  }

  static long u32(ByteBuffer bytes, int at) {
    return Integer.toUnsignedLong(bytes.getInt(at));
  }

  /// A copy of `length` bytes from `at` on, in the same order.
  static ByteBuffer copy(ByteBuffer bytes, int at, int length) {
    ByteOrder order = bytes.order();
    byte[] copy = new byte[length];
    bytes.get(at, copy);
    return ByteBuffer.wrap(copy).order(order);
  }
}
