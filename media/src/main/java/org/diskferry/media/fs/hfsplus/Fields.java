package org.diskferry.media.fs.hfsplus;

import java.nio.ByteBuffer;

/// Unsigned fields of a buffer.
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

  /// `count` UTF-16 units from `at` on.
  static String units(ByteBuffer bytes, int at, int count) {
    char[] units = new char[count];
    bytes.slice(at, 2 * count).asCharBuffer().get(units);
    return new String(units);
  }
}
