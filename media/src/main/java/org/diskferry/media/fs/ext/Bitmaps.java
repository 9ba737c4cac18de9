package org.diskferry.media.fs.ext;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.diskferry.media.MediaException;

/// The maps of what a group uses.
final class Bitmaps {
  private final Layout layout;
  private final Blocks blocks;

  Bitmaps(Layout layout, Blocks blocks) {
    this.layout = layout;
    this.blocks = blocks;
  }

  static boolean isSet(ByteBuffer bitmap, int index) {
    return (bitmap.get(index >>> 3) >>> (index & 7) & 1) != 0;
  }

  /// The inodes of `group` that are in use.
  ///
  /// @throws MediaException `DAMAGED` also when its checksum is wrong
  ByteBuffer inodes(int group, GroupDescriptor descriptor) throws MediaException {
    ByteBuffer bitmap = blocks.read(descriptor.inodeBitmap(), 1);
    // The driver leaves out the rest of a last byte that is not full.
    int length = layout.geometry().inodesPerGroup() / Byte.SIZE;
    boolean holds =
        layout
            .checksums()
            .bitmapHolds(
                bitmap, length, descriptor.inodeBitmapChecksum(), descriptor.checksumMask());
    if (!holds && descriptor.isCurrent()) {
      throw MediaException.damaged("map of the inodes of group " + group + ": checksum is wrong");
    }
    return bitmap;
  }

  /// The clusters of `group` that are in use.
  ///
  /// @throws MediaException `DAMAGED` also when its checksum is wrong
  ByteBuffer clusters(int group, GroupDescriptor descriptor) throws MediaException {
    if (descriptor.isCurrent()
        && descriptor.hasUnusedBlocks()
        && layout.features().hasGroupChecksums()) {
      return neverWritten(group, descriptor);
    }
    ByteBuffer bitmap = blocks.read(descriptor.blockBitmap(), 1);
    int length = layout.geometry().clustersPerGroup() / Byte.SIZE;
    boolean holds =
        layout
            .checksums()
            .bitmapHolds(
                bitmap, length, descriptor.blockBitmapChecksum(), descriptor.checksumMask());
    if (!holds && descriptor.isCurrent()) {
      throw MediaException.damaged("map of the blocks of group " + group + ": checksum is wrong");
    }
    return bitmap;
  }

  // A group that never held a file has its own metadata only, and no map on the medium.
  private ByteBuffer neverWritten(int group, GroupDescriptor descriptor) {
    Geometry geometry = layout.geometry();
    ByteBuffer bitmap = ByteBuffer.allocate(geometry.blockSize()).order(ByteOrder.LITTLE_ENDIAN);
    long head = layout.headBlocks(group);
    long headStart =
        layout.hasSuperblock(group) ? layout.superblockOf(group) : geometry.groupStart(group);
    set(bitmap, group, headStart, head);
    set(bitmap, group, descriptor.blockBitmap(), 1);
    set(bitmap, group, descriptor.inodeBitmap(), 1);
    set(bitmap, group, descriptor.inodeTable(), geometry.inodeTableBlocks());
    return bitmap;
  }

  private void set(ByteBuffer bitmap, int group, long block, long count) {
    Geometry geometry = layout.geometry();
    long start = geometry.groupStart(group);
    long from = Math.max(0, block - start);
    long to = Math.min(geometry.blocksIn(group), block - start + count);
    for (long at = from; at < to; at++) {
      int bit = (int) (at / geometry.ratio());
      bitmap.put(bit >>> 3, (byte) (bitmap.get(bit >>> 3) | 1 << (bit & 7)));
    }
  }
}
