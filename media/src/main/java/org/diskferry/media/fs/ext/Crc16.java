package org.diskferry.media.fs.ext;

import java.nio.ByteBuffer;

/// CRC-16 (polynomial 0x8005, reflected) of the group descriptors of `uninit_bg`.
final class Crc16 {
  private static final int POLYNOMIAL = 0xA001;

  private Crc16() {}

  static int add(int value, ByteBuffer bytes) {
    int crc = value;
    for (int at = bytes.position(); at < bytes.limit(); at++) {
      crc ^= Fields.u8(bytes, at);
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        crc = (crc & 1) != 0 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
      }
    }
    return crc;
  }
}
