package org.diskferry.media.fs.exfat;

import java.nio.ByteBuffer;
import java.util.function.IntPredicate;

/// The sums that turn right by a bit before each byte is added (exFAT specification, 3.4, 6.3.3 and
/// 7.2.2).
final class Checksum {
  private Checksum() {}

  /// Of the boot region: of `bytes` up to `end` but what changes while the volume is in use.
  static int ofBootRegion(ByteBuffer bytes, int end) {
    return sum32(bytes, end, Checksum::changes);
  }

  private static boolean changes(int at) {
    return at == 106 || at == 107 || at == 112;
  }

  private static boolean isNever(int at) {
    return at < 0;
  }

  /// Of the up-case table.
  static int ofTable(ByteBuffer bytes) {
    return sum32(bytes, bytes.limit(), Checksum::isNever);
  }

  private static int sum32(ByteBuffer bytes, int end, IntPredicate isSkipped) {
    int sum = 0;
    for (int at = 0; at < end; at++) {
      if (!isSkipped.test(at)) {
        sum = Integer.rotateRight(sum, 1) + Byte.toUnsignedInt(bytes.get(at));
      }
    }
    return sum;
  }

  /// Of the entries of a set, but the field that holds it.
  static int ofSet(ByteBuffer bytes, int end) {
    int sum = 0;
    for (int at = 0; at < end; at++) {
      if (at != 2 && at != 3) {
        sum = ((sum & 1) << 15) + (sum >>> 1) + Byte.toUnsignedInt(bytes.get(at)) & 0xFFFF;
      }
    }
    return sum;
  }
}
