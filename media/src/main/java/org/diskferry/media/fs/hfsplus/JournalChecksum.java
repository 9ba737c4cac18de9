package org.diskferry.media.fs.hfsplus;

import java.nio.ByteBuffer;

/// The checksum of the journal: TN1150, "Journal Header".
final class JournalChecksum {
  private JournalChecksum() {}

  /// Of the first `length` bytes, those from `hole` to `hole` + 4 taken for zeros.
  static int of(ByteBuffer bytes, int length, int hole) {
    int sum = 0;
    for (int i = 0; i < length; i++) {
      int value = i >= hole && i < hole + Integer.BYTES ? 0 : Fields.u8(bytes, i);
      sum = (sum << Byte.SIZE) ^ (sum + value);
    }
    return ~sum;
  }

  /// Of the first `length` bytes.
  static int of(ByteBuffer bytes, int length) {
    return of(bytes, length, length);
  }
}
