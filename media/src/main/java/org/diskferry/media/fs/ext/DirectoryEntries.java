package org.diskferry.media.fs.ext;

import java.nio.ByteBuffer;
import org.diskferry.media.MediaException;

/// The entries of one block of a directory (kernel documentation of ext4, "Linear Directories"):
/// inode (4 bytes), length of the entry (2), length of the name (1), kind (1), name.
final class DirectoryEntries {
  private static final int HEADER = 8;
  private static final int SMALLEST = 12;
  private static final int LARGEST_BLOCK = 1 << 16;

  private final int blockSize;
  private final EntrySink sink;

  DirectoryEntries(int blockSize, EntrySink sink) {
    this.blockSize = blockSize;
    this.sink = sink;
  }

  /// Length of the entry at `at`; in blocks of 64 KiB two bits of it lie where others have zeros.
  static int length(ByteBuffer block, int at, int blockSize) {
    int stored = Fields.u16(block, at + 4);
    if (blockSize < LARGEST_BLOCK) {
      return stored;
    }
    return stored == 0 || stored == 0xFFFF ? blockSize : (stored & 0xFFFC) | (stored & 3) << 16;
  }

  /// Delivers the entries in `[from, to)` of `block`; `place` names it. From the first impossible
  /// one on nothing more is believed.
  void deliver(ByteBuffer block, int from, int to, String place) throws MediaException {
    int at = from;
    while (at < to) {
      int length = to - at < HEADER ? 0 : length(block, at, blockSize);
      int nameLength = length == 0 ? 0 : Fields.u8(block, at + 6);
      if (length < SMALLEST
          || length % 4 != 0
          || length > to - at
          || nameLength > length - HEADER) {
        sink.damage("%s: entry at byte %d is impossible".formatted(place, at));
        return;
      }
      long inode = Fields.u32(block, at);
      if (inode != 0) {
        byte[] name = new byte[nameLength];
        block.get(at + HEADER, name);
        sink.entry(name, inode, Fields.u8(block, at + 7));
      }
      at += length;
    }
  }
}
