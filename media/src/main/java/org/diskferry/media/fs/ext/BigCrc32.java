package org.diskferry.media.fs.ext;

import java.nio.ByteBuffer;

/// CRC-32, highest bit first and without inversions: the checksum of a whole transaction in
/// journals of the older kind.
final class BigCrc32 {
  private static final int POLYNOMIAL = 0x04C11DB7;
  private static final int[] TABLE = table();

  private BigCrc32() {}

  private static int[] table() {
    int[] table = new int[256];
    for (int value = 0; value < table.length; value++) {
      int crc = value << 24;
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        crc = crc < 0 ? crc << 1 ^ POLYNOMIAL : crc << 1;
      }
      table[value] = crc;
    }
    return table;
  }

  static int add(int value, ByteBuffer bytes) {
    int crc = value;
    for (int at = 0; at < bytes.capacity(); at++) {
      crc = crc << 8 ^ TABLE[crc >>> 24 ^ Fields.u8(bytes, at)];
    }
    return crc;
  }
}
