package org.diskferry.media.fs.hfsplus;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;

/// What describes a volume: TN1150, "Volume Header". It lies 1,024 bytes behind the volume's start,
/// and once more 1,024 bytes before its end.
///
/// | offset | bytes | field |
/// |---|---|---|
/// | 0 | 2 | `H+`, or `HX` for HFSX |
/// | 2 | 2 | version: 4, or 5 for HFSX |
/// | 4 | 4 | attributes |
/// | 8 | 4 | who mounted it last |
/// | 12 | 4 | block of the journal's description |
/// | 40 | 4 | bytes of a block |
/// | 44 | 4 | blocks |
/// | 48 | 4 | free blocks |
/// | 104 | 8 | identifier |
/// | 112 | 5 × 80 | forks: allocation, extents, catalogue, attributes, startup |
record VolumeHeader(
    boolean isExtended,
    int attributes,
    int lastMounted,
    long journalInfoBlock,
    int blockSize,
    long blocks,
    long freeBlocks,
    long identifier,
    Fork allocation,
    Fork extents,
    Fork catalogue,
    Fork attributesFork,
    Fork startup) {
  static final int OFFSET = 1024;
  static final int LENGTH = 512;

  static final int PLUS = 0x482B;
  static final int EXTENDED = 0x4858;

  private static final int UNMOUNTED = 1 << 8;
  private static final int INCONSISTENT = 1 << 11;
  private static final int JOURNALED = 1 << 13;
  private static final int SMALLEST_BLOCK = 512;

  /// Twice the bound that tools keep: beyond it nothing was ever made.
  private static final int LARGEST_BLOCK = 1 << 20;

  /// Reads the header at byte `at` of `source`.
  static VolumeHeader read(BlockSource source, long at) throws MediaException {
    if (at < 0 || at > source.size() - LENGTH) {
      throw MediaException.damaged("no volume header: " + source.size() + " bytes in all");
    }
    ByteBuffer bytes = ByteBuffer.allocate(LENGTH).order(ByteOrder.BIG_ENDIAN);
    source.read(at, bytes);
    return read(bytes.flip());
  }

  static boolean isSigned(ByteBuffer bytes) {
    int signature = Fields.u16(bytes, 0);
    return signature == PLUS || signature == EXTENDED;
  }

  static VolumeHeader read(ByteBuffer bytes) throws MediaException {
    if (!isSigned(bytes)) {
      throw MediaException.damaged("volume header: its signature is missing");
    }
    long blockSize = Fields.u32(bytes, 40);
    long blocks = Fields.u32(bytes, 44);
    if (Long.bitCount(blockSize) != 1 || blockSize < SMALLEST_BLOCK || blockSize > LARGEST_BLOCK) {
      throw MediaException.damaged("volume header: blocks of " + blockSize + " bytes");
    }
    if (blocks * blockSize < 2L * VolumeHeader.OFFSET) {
      throw MediaException.damaged("volume header: " + blocks + " blocks");
    }
    return new VolumeHeader(
        Fields.u16(bytes, 0) == EXTENDED,
        bytes.getInt(4),
        bytes.getInt(8),
        Fields.u32(bytes, 12),
        (int) blockSize,
        blocks,
        Fields.u32(bytes, 48),
        bytes.getLong(104),
        Fork.read(bytes, 112),
        Fork.read(bytes, 192),
        Fork.read(bytes, 272),
        Fork.read(bytes, 352),
        Fork.read(bytes, 432));
  }

  Space space(long base) {
    return new Space(base, blockSize, blocks);
  }

  /// Whether it was put away in order.
  boolean isClean() {
    return (attributes & UNMOUNTED) != 0 && (attributes & INCONSISTENT) == 0;
  }

  boolean isJournaled() {
    return (attributes & JOURNALED) != 0;
  }
}
