package org.diskferry.media.fs.ext;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.diskferry.media.MediaException;

/// The inodes that were deleted or cut while somebody had them open: a list through the inodes, and
/// a file of their numbers (`orphan_file`). Drivers finish them when they mount; their blocks are
/// still in use on the medium.
final class Orphans {
  /// More than these were never open at once.
  private static final int MOST = 1 << 20;

  private static final int TAIL = 8;
  private static final int TAIL_MAGIC = 0x0B10CA04;

  private final Layout layout;
  private final Blocks blocks;
  private final InodeTables inodes;
  private final Set<Long> found = new HashSet<>();

  Orphans(Layout layout, Blocks blocks, InodeTables inodes) {
    this.layout = layout;
    this.blocks = blocks;
    this.inodes = inodes;
  }

  /// Their numbers. Where the list is damaged it ends: what is missing stays unexplained.
  Set<Long> find() throws MediaException {
    try {
      followList();
      if (layout.has(Feature.ORPHAN_PRESENT) && layout.superblock().orphanFile() != 0) {
        readFile(inodes.inode(layout.superblock().orphanFile()));
      }
    } catch (MediaException e) {
      Groups.reasonUnlessFatal(e);
    }
    return found;
  }

  private void followList() throws MediaException {
    long number = layout.superblock().firstOrphan();
    while (number != 0 && found.size() < MOST && found.add(number)) {
      number = inodes.inode(number).nextOrphan();
    }
  }

  private void readFile(Inode file) throws MediaException {
    new BlockMap(layout, blocks)
        .walk(
            file,
            0,
            run -> {
              for (long i = 0; i < run.count() && found.size() < MOST; i++) {
                readBlock(file, run.physical() + i);
              }
              return found.size() < MOST;
            });
  }

  private void readBlock(Inode file, long number) throws MediaException {
    ByteBuffer block = blocks.read(number);
    int tail = block.capacity() - TAIL;
    if (block.getInt(tail) != TAIL_MAGIC || !holds(file, number, block, tail)) {
      throw MediaException.damaged("block " + number + " of the orphan file: checksum is wrong");
    }
    for (int at = 0; at < tail; at += Integer.BYTES) {
      long inode = Fields.u32(block, at);
      if (inode != 0) {
        found.add(inode);
      }
    }
  }

  private boolean holds(Inode file, long number, ByteBuffer block, int tail) {
    return !layout.checksums().ofMetadata()
        || file.checksum(layout.checksums())
                .addLittle((int) number)
                .addLittle((int) (number >>> 32))
                .add(block, 0, tail)
                .value()
            == block.getInt(tail + 4);
  }
}
