package org.diskferry.media.fs.ext;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// CRC-32C as the format uses it: any start value, no inversion at the end.
///
/// The platform's CRC-32C starts from all ones only. Bytes that lead it from there to the wanted
/// start value are put in front; four bytes can lead anywhere.
final class SeededCrc {
  private static final int POLYNOMIAL = 0x82F63B78;

  private final byte[] prefix;

  private SeededCrc(byte[] prefix) {
    this.prefix = prefix;
  }

  /// From all ones.
  static SeededCrc plain() {
    return new SeededCrc(new byte[0]);
  }

  /// From the checksum of `bytes`.
  static SeededCrc after(byte[] bytes) {
    return new SeededCrc(bytes.clone());
  }

  /// From `seed`.
  static SeededCrc from(int seed) {
    int state = seed;
    for (int i = 0; i < Integer.SIZE; i++) {
      // The step forwards shifts right and adds the polynomial, whose top bit is set, for a 1.
      state = state < 0 ? ((state ^ POLYNOMIAL) << 1) | 1 : state << 1;
    }
    int word = ~state;
    return new SeededCrc(
        new byte[] {(byte) word, (byte) (word >>> 8), (byte) (word >>> 16), (byte) (word >>> 24)});
  }

  /// A running checksum.
  Running start() {
    CRC32C crc = new CRC32C();
    crc.update(prefix);
    return new Running(crc);
  }

  /// A checksum that is being computed.
  record Running(CRC32C crc) {

    /// Adds `length` bytes from `at` on.
    Running add(ByteBuffer bytes, int at, int length) {
      crc.update(bytes.slice(at, length));
      return this;
    }

    /// Adds `count` zero bytes: how the format treats the field that holds the checksum.
    Running addZeros(int count) {
      for (int i = 0; i < count; i++) {
        crc.update(0);
      }
      return this;
    }

    /// Adds a number, lowest byte first.
    Running addLittle(int number) {
      for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
        crc.update(number >>> shift);
      }
      return this;
    }

    /// Adds a number, highest byte first.
    Running addBig(int number) {
      return addLittle(Integer.reverseBytes(number));
    }

    int value() {
      return ~(int) crc.getValue();
    }
  }
}
