package org.diskferry.media.fs.ext;

import java.nio.ByteBuffer;
import org.diskferry.media.MediaException;

/// One walk over the inode table of one group, in large reads.
final class InodeTableWalk {
  /// Large enough that a disk streams, small enough to be thrown away.
  private static final int PIECE = 256 << 10;

  private final Layout layout;
  private final Blocks blocks;
  private final int group;
  private final long table;
  private final InodeUse use;
  private final InodeVisitor visitor;
  private final Geometry geometry;

  InodeTableWalk(
      Layout layout, Blocks blocks, int group, long table, InodeUse use, InodeVisitor visitor) {
    this.layout = layout;
    this.blocks = blocks;
    this.group = group;
    this.table = table;
    this.use = use;
    this.visitor = visitor;
    this.geometry = layout.geometry();
  }

  /// The first `count` inodes; `skips` blocks that hold only unused ones.
  void walk(int count, boolean skips) throws MediaException {
    int end = Math.ceilDiv(count, geometry.inodesPerBlock());
    int most = Math.max(1, PIECE / geometry.blockSize());
    int at = 0;
    while (at < end) {
      if (skips && !isNeeded(at)) {
        at++;
        continue;
      }
      int length = 1;
      while (length < most && at + length < end && (!skips || isNeeded(at + length))) {
        length++;
      }
      piece(at, length);
      at += length;
    }
  }

  private boolean isNeeded(int block) {
    int first = block * geometry.inodesPerBlock();
    int last = Math.min(first + geometry.inodesPerBlock(), geometry.inodesPerGroup());
    for (int index = first; index < last; index++) {
      if (use.mayBeUsed(index)) {
        return true;
      }
    }
    return false;
  }

  private void piece(int first, int count) throws MediaException {
    ByteBuffer piece;
    try {
      piece = blocks.read(table + first, count);
    } catch (MediaException e) {
      unreadable(first, count, Groups.reasonUnlessFatal(e));
      return;
    }
    int firstIndex = first * geometry.inodesPerBlock();
    int inodes =
        Math.min(count * geometry.inodesPerBlock(), geometry.inodesPerGroup() - firstIndex);
    for (int i = 0; i < inodes; i++) {
      int at =
          i / geometry.inodesPerBlock() * geometry.blockSize()
              + i % geometry.inodesPerBlock() * geometry.inodeSize();
      // A look at mode and names first: most of a table is empty.
      if (use.isUsed(firstIndex + i)
          || Fields.u16(piece, at) != 0
          || Fields.u16(piece, at + 0x1A) != 0) {
        inode(firstIndex + i, Fields.copy(piece, at, geometry.inodeSize()));
      }
    }
  }

  private void unreadable(int first, int count, String reason) throws MediaException {
    // All that lies behind the end of the medium is one damage, however much it is.
    if (count > 1 && blocks.isOnMedium(table + first, 1)) {
      piece(first, count / 2);
      piece(first + count / 2, count - count / 2);
      return;
    }
    int from = first * geometry.inodesPerBlock();
    int to = Math.min((first + count) * geometry.inodesPerBlock(), geometry.inodesPerGroup());
    visitor.damage(
        "inodes %d to %d: block %d: %s"
            .formatted(
                geometry.inode(group, from), geometry.inode(group, to - 1), table + first, reason));
    for (int index = from; index < to; index++) {
      if (use.isUsed(index) && !isChanged(index)) {
        visitor.lost(geometry.inode(group, index), reason);
      }
    }
  }

  // Those are delivered by themselves.
  private boolean isChanged(int index) {
    return layout.changes().changes(geometry.inode(group, index));
  }

  private void inode(int index, ByteBuffer raw) throws MediaException {
    blocks.budget().chargeStep();
    if (isChanged(index)) {
      return;
    }
    Inode inode = new Inode(geometry.inode(group, index), raw);
    if (inode.isBlank() && layout.isHidden(inode.number())) {
      // Reserved and never written; only the list of bad blocks uses its block field even so.
      visitor.inode(inode);
      return;
    }
    boolean holds = inode.holds(layout.checksums());
    if (holds && (!inode.isBlank() || !use.isUsed(index))) {
      visitor.inode(inode);
    } else if (use.isUsed(index)) {
      visitor.lost(
          inode.number(),
          "%s, in block %d: %s"
              .formatted(
                  inode,
                  table + index / geometry.inodesPerBlock(),
                  holds ? "it is in use and empty" : "checksum is wrong"));
    } else if (use.mayBeUsed(index) && inode.links() > 0) {
      visitor.damage(inode + ": checksum is wrong");
    }
  }
}
