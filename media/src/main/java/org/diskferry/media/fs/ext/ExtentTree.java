package org.diskferry.media.fs.ext;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.diskferry.media.MediaException;

/// One walk over the extents of a file (kernel documentation of ext4, "Extent Tree").
///
/// Every node has a header of 12 bytes (mark 0xF30A, entries, most entries, depth) and entries of
/// 12 bytes; a block of the tree ends in a checksum. Logical blocks must rise over the whole tree
/// and no node below the root may be empty, so no block can be visited twice for long.
final class ExtentTree {
  static final int MAGIC = 0xF30A;

  private static final int HEADER = 12;
  private static final int ENTRY = 12;
  private static final int MOST_DEPTH = 5;
  private static final long LOGICAL_END = 1L << 32;

  /// Lengths above this are of extents that are reserved and not written.
  private static final int LONGEST_WRITTEN = 1 << 15;

  private final Layout layout;
  private final Blocks blocks;
  private final Inode inode;
  private final long from;
  private final MapVisitor visitor;
  private long next;
  private long mapped;

  ExtentTree(Layout layout, Blocks blocks, Inode inode, long from, MapVisitor visitor) {
    this.layout = layout;
    this.blocks = blocks;
    this.inode = inode;
    this.from = from;
    this.visitor = visitor;
  }

  /// The block field of an inode without any extent.
  static ByteBuffer emptyRoot() {
    ByteBuffer root = ByteBuffer.allocate(Inode.BLOCK_FIELD_SIZE).order(ByteOrder.LITTLE_ENDIAN);
    int most = (Inode.BLOCK_FIELD_SIZE - HEADER) / ENTRY;
    return root.putShort(0, (short) MAGIC).putShort(4, (short) most);
  }

  void walk() throws MediaException {
    ByteBuffer root = inode.blockField();
    int depth = Fields.u16(root, 6);
    if (depth > MOST_DEPTH) {
      throw damaged("its extent tree has a depth of " + depth);
    }
    node(root, depth, "its root", LOGICAL_END);
  }

  private boolean node(ByteBuffer node, int depth, String place, long end) throws MediaException {
    int entries = entries(node, depth, place);
    for (int i = 0; i < entries; i++) {
      int at = HEADER + i * ENTRY;
      boolean goOn =
          depth == 0
              ? extent(node, at, place, end)
              : child(node, at, depth, place, i + 1 < entries ? start(node, at + ENTRY) : end);
      if (!goOn) {
        return false;
      }
    }
    return true;
  }

  private int entries(ByteBuffer node, int depth, String place) throws MediaException {
    int entries = Fields.u16(node, 2);
    int most = Fields.u16(node, 4);
    int tail = HEADER + most * ENTRY;
    boolean isRoot = node.capacity() == Inode.BLOCK_FIELD_SIZE;
    if (Fields.u16(node, 0) != MAGIC
        || Fields.u16(node, 6) != depth
        || most > (node.capacity() - HEADER) / ENTRY
        || entries > most
        || (entries == 0 && (depth > 0 || !isRoot))) {
      throw damaged("its extent tree has a bad header in " + place);
    }
    if (!isRoot && !layout.checksums().blockHolds(inode, node, tail, tail)) {
      throw damaged("its extent tree has a wrong checksum in " + place);
    }
    return entries;
  }

  private static long start(ByteBuffer node, int at) {
    return Fields.u32(node, at);
  }

  private boolean child(ByteBuffer node, int at, int depth, String place, long end)
      throws MediaException {
    long start = start(node, at);
    long block = (long) Fields.u16(node, at + 8) << 32 | Fields.u32(node, at + 4);
    if (start < next || end <= start || !layout.geometry().holds(block, 1)) {
      throw damaged("its extent tree has a bad index in " + place);
    }
    if (end <= from) {
      next = end;
      return true;
    }
    count(1);
    visitor.mapBlock(block);
    return node(blocks.read(block), depth - 1, "block " + block, end);
  }

  private boolean extent(ByteBuffer node, int at, String place, long end) throws MediaException {
    long logical = start(node, at);
    int length = Fields.u16(node, at + 4);
    boolean isWritten = length <= LONGEST_WRITTEN;
    long count = isWritten ? length : length - LONGEST_WRITTEN;
    long physical = (long) Fields.u16(node, at + 6) << 32 | Fields.u32(node, at + 8);
    if (logical < next
        || count == 0
        || logical + count > end
        || !layout.geometry().holds(physical, count)) {
      throw damaged(
          "its extent %d+%d at block %d, in %s, is impossible"
              .formatted(logical, count, physical, place));
    }
    next = logical + count;
    count(count);
    blocks.budget().chargeStep();
    return next <= from || visitor.run(new Run(logical, physical, count, isWritten));
  }

  private void count(long more) throws MediaException {
    mapped += more;
    if (mapped > layout.geometry().blocks()) {
      throw damaged("it claims more blocks than the volume has");
    }
  }

  private MediaException damaged(String what) {
    return MediaException.damaged(inode + ": " + what);
  }
}
