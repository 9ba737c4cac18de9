package org.diskferry.media.fs.ext;

import java.nio.ByteBuffer;

/// What one group is made of (kernel documentation of ext4, "Block Group Descriptors").
///
/// @param blockBitmap block of the map of used clusters
/// @param inodeBitmap block of the map of used inodes
/// @param inodeTable first block of the inodes
/// @param freeClusters clusters that the map calls free
/// @param flags see the constants
/// @param unusedInodes inodes at the end of the table that were never used
/// @param blockBitmapChecksum of the map of used clusters
/// @param inodeBitmapChecksum of the map of used inodes
/// @param checksumMask bits of those checksums that are stored
/// @param isCurrent false for one from a backup, whose counts and flags are of the past
record GroupDescriptor(
    long blockBitmap,
    long inodeBitmap,
    long inodeTable,
    long freeClusters,
    int flags,
    int unusedInodes,
    int blockBitmapChecksum,
    int inodeBitmapChecksum,
    int checksumMask,
    boolean isCurrent) {

  static final int SMALL = 32;
  static final int WIDE = 64;

  private static final int INODES_UNINITIALIZED = 1;
  private static final int BLOCKS_UNINITIALIZED = 2;

  static GroupDescriptor read(ByteBuffer raw, boolean isCurrent) {
    boolean wide = raw.capacity() >= WIDE;
    return new GroupDescriptor(
        joined(raw, 0x00, 0x20, wide),
        joined(raw, 0x04, 0x24, wide),
        joined(raw, 0x08, 0x28, wide),
        joinedShort(raw, 0x0C, 0x2C, wide),
        Fields.u16(raw, 0x12),
        joinedShort(raw, 0x1C, 0x32, wide),
        joinedShort(raw, 0x18, 0x38, wide),
        joinedShort(raw, 0x1A, 0x3A, wide),
        wide ? -1 : 0xFFFF,
        isCurrent);
  }

  private static long joined(ByteBuffer raw, int low, int high, boolean wide) {
    return wide ? Fields.u32(raw, high) << 32 | Fields.u32(raw, low) : Fields.u32(raw, low);
  }

  private static int joinedShort(ByteBuffer raw, int low, int high, boolean wide) {
    return wide ? Fields.u16(raw, high) << 16 | Fields.u16(raw, low) : Fields.u16(raw, low);
  }

  boolean hasUnusedInodes() {
    return (flags & INODES_UNINITIALIZED) != 0;
  }

  boolean hasUnusedBlocks() {
    return (flags & BLOCKS_UNINITIALIZED) != 0;
  }

  /// Whether everything that it names lies within the volume.
  boolean fits(Geometry geometry) {
    return geometry.holds(blockBitmap, 1)
        && geometry.holds(inodeBitmap, 1)
        && geometry.holds(inodeTable, geometry.inodeTableBlocks());
  }
}
