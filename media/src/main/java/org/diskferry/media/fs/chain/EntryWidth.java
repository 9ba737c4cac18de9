package org.diskferry.media.fs.chain;

import java.nio.ByteBuffer;

/// How wide the entries of the table are, and what they mean: Microsoft's FAT specification, "FAT
/// Data Structure", and exFAT specification, section 4.1. What is not free, bad or the end is the
/// next cluster; whether there is one of that number is for the reader to check.
public enum EntryWidth {
  /// One and a half bytes.
  FAT12(12, 0xFFF, 0xFF7),
  /// Two bytes.
  FAT16(16, 0xFFFF, 0xFFF7),
  /// Four bytes, of which 28 bits count.
  FAT32(32, 0xFFF_FFFFL, 0xFFF_FFF7L),
  /// Four bytes, all of which count.
  EXFAT(32, 0xFFFF_FFFFL, 0xFFFF_FFF7L);

  private final int bits;
  private final long mask;
  private final long bad;

  EntryWidth(int bits, long mask, long bad) {
    this.bits = bits;
    this.mask = mask;
    this.bad = bad;
  }

  /// How many entries a table of `bytes` has.
  public long entriesIn(long bytes) {
    return Math.multiplyExact(bytes, (long) Byte.SIZE) / bits;
  }

  /// All bits of an entry set.
  public long mask() {
    return mask;
  }

  /// Where the entry of `cluster` begins in the table.
  long offset(long cluster) {
    return cluster * bits / Byte.SIZE;
  }

  /// Bytes that an entry touches.
  int length() {
    return Math.ceilDiv(bits, Byte.SIZE);
  }

  /// The entry of `cluster`, which begins at byte `at` of `page`, as it is stored.
  long raw(ByteBuffer page, int at, long cluster) {
    return switch (this) {
      case FAT12 -> page.getShort(at) >>> (cluster % 2 == 0 ? 0 : 4) & mask;
      case FAT16 -> page.getShort(at) & mask;
      case FAT32, EXFAT -> page.getInt(at) & mask;
    };
  }

  /// What a stored entry means: a cluster, or one of the constants of [AllocationTable].
  long meaning(long raw) {
    if (raw == bad) {
      return AllocationTable.BAD;
    }
    return raw > bad ? AllocationTable.END : raw;
  }
}
