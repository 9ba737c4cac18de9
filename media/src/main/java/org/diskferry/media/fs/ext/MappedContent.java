package org.diskferry.media.fs.ext;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.diskferry.media.Bounds;
import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.Content;

/// Content whose runs are looked up at every read: of files in more pieces than are kept, and of
/// those with blocks that the journal holds in disguise.
final class MappedContent implements Content.Encoded {
  private final BlockSource volume;
  private final Layout layout;
  private final Inode inode;
  private final Bounds bounds;
  private final Blocks blocks;

  MappedContent(BlockSource volume, Layout layout, Inode inode, Bounds bounds) {
    this.volume = volume;
    this.layout = layout;
    this.inode = inode;
    this.bounds = bounds;
    this.blocks = new Blocks(volume, layout.geometry(), new Budget(bounds));
  }

  @Override
  public long size() {
    return inode.size();
  }

  @Override
  public synchronized void read(long position, ByteBuffer target) throws MediaException {
    Objects.checkFromIndexSize(position, (long) target.remaining(), size());
    int start = target.position();
    int limit = target.limit();
    for (int at = start; at < limit; at++) {
      target.put(at, (byte) 0);
    }
    long end = position + target.remaining();
    int blockSize = layout.geometry().blockSize();
    new BlockMap(layout, blocks.spending(new Budget(bounds)))
        .walk(
            inode,
            position / blockSize,
            run -> {
              long from = Math.max(position, run.logical() * blockSize);
              long to = Math.min(end, run.logicalEnd() * blockSize);
              if (run.isWritten() && from < to) {
                long physical = run.physical() * blockSize + from - run.logical() * blockSize;
                target.limit(start + (int) (to - position));
                target.position(start + (int) (from - position));
                volume.read(physical, target);
              }
              return run.logicalEnd() * blockSize < end;
            });
    target.limit(limit).position(limit);
  }
}
