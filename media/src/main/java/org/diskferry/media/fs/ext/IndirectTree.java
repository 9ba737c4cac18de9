package org.diskferry.media.fs.ext;

import java.nio.ByteBuffer;
import org.diskferry.media.MediaException;

/// One walk over the block numbers of a file of ext2 or ext3: twelve in the inode, then blocks of
/// them behind one, two and three steps (kernel documentation of ext4, "Direct/Indirect Block
/// Addressing"). A number of 0 is a hole.
final class IndirectTree {
  private static final int DIRECT = 12;
  private static final int LEVELS = 3;

  private final Layout layout;
  private final Blocks blocks;
  private final Inode inode;
  private final long from;
  private final MapVisitor visitor;
  private final long perBlock;
  private long runLogical;
  private long runPhysical;
  private long runCount;
  private long mapped;

  IndirectTree(Layout layout, Blocks blocks, Inode inode, long from, MapVisitor visitor) {
    this.layout = layout;
    this.blocks = blocks;
    this.inode = inode;
    this.from = from;
    this.visitor = visitor;
    this.perBlock = layout.geometry().blockSize() / Integer.BYTES;
  }

  void walk() throws MediaException {
    ByteBuffer field = inode.blockField();
    boolean goOn = numbers(field, DIRECT, 0, 0);
    long logical = DIRECT;
    long span = perBlock;
    for (int level = 1; goOn && level <= LEVELS; level++) {
      goOn = number(Fields.u32(field, (DIRECT + level - 1) * Integer.BYTES), level, logical, span);
      logical += span;
      span *= perBlock;
    }
    if (goOn) {
      flush();
    }
  }

  // The numbers of one block, each of which leads to `level` more blocks of numbers.
  private boolean numbers(ByteBuffer numbers, long count, int level, long first)
      throws MediaException {
    long span = 1;
    for (int i = 0; i < level; i++) {
      span *= perBlock;
    }
    for (int i = 0; i < count; i++) {
      long block = Fields.u32(numbers, i * Integer.BYTES);
      if (!number(block, level, first + i * span, span)) {
        return false;
      }
    }
    return true;
  }

  private boolean number(long block, int level, long logical, long span) throws MediaException {
    if (block == 0 || logical + span <= from) {
      return true;
    }
    if (!layout.geometry().holds(block, 1)) {
      throw MediaException.damaged(inode + ": its block " + block + " lies outside of the volume");
    }
    mapped++;
    if (mapped > layout.geometry().blocks()) {
      throw MediaException.damaged(inode + ": it claims more blocks than the volume has");
    }
    blocks.budget().chargeStep();
    if (level == 0) {
      return data(logical, block);
    }
    visitor.mapBlock(block);
    return numbers(blocks.read(block), perBlock, level - 1, logical);
  }

  private boolean data(long logical, long block) throws MediaException {
    if (runCount > 0 && logical == runLogical + runCount && block == runPhysical + runCount) {
      runCount++;
      return true;
    }
    boolean goOn = flush();
    runLogical = logical;
    runPhysical = block;
    runCount = 1;
    return goOn;
  }

  private boolean flush() throws MediaException {
    return runCount == 0 || visitor.run(new Run(runLogical, runPhysical, runCount, true));
  }
}
