package org.diskferry.media.fs.ext;

import java.nio.ByteBuffer;
import org.diskferry.media.MediaException;

/// Reads one directory: its blocks in the order of the file. Blocks of the index (htree) look like
/// empty ones to whoever reads in that order; their checksum lies elsewhere.
final class Directory {
  /// Read at once where blocks lie together.
  private static final int PIECE = 64 << 10;

  private static final int TAIL = 12;
  private static final int TAIL_KIND = 0xDE;
  private static final int DOT_ENTRY = 12;
  private static final int INDEX_ROOT_ENTRIES = 32;
  private static final int INDEX_NODE_ENTRIES = 8;
  private static final int INDEX_ENTRY = 8;
  private static final int PARENT = 4;

  private final Layout layout;
  private final Blocks blocks;
  private final Inode inode;
  private final EntrySink sink;
  private final ChangedNames names;
  private final DirectoryEntries entries;
  private final int blockSize;
  private final long end;
  private long next;

  Directory(Layout layout, Blocks blocks, Inode inode, EntrySink sink) {
    this.layout = layout;
    this.blocks = blocks;
    this.inode = inode;
    this.names = new ChangedNames(layout.changes().names(inode.number()), sink);
    this.sink = new WithoutDots(inode, names);
    this.blockSize = layout.geometry().blockSize();
    this.entries = new DirectoryEntries(blockSize, this.sink);
    this.end = Math.ceilDiv(inode.directorySize(layout), (long) blockSize);
  }

  /// Delivers every entry; what is damaged is told to the sink.
  void read() throws MediaException {
    try {
      if (inode.isInline()) {
        readInline();
      } else {
        new BlockMap(layout, blocks).walk(inode, 0, this::run);
        if (next > 0 || !layout.changes().creates(inode.number())) {
          holesUpTo(end);
        }
      }
    } catch (MediaException e) {
      sink.damage(Groups.reasonUnlessFatal(e));
    }
    names.finish();
  }

  private void readInline() throws MediaException {
    InlineData data = InlineData.of(inode);
    entries.deliver(data.head(), PARENT, data.head().capacity(), "the inode");
    entries.deliver(data.rest(), 0, data.rest().capacity(), "the inode's attribute");
  }

  private boolean run(Run run) throws MediaException {
    if (run.logical() >= end || !run.isWritten()) {
      return run.logical() < end;
    }
    holesUpTo(run.logical());
    long stop = Math.min(run.logicalEnd(), end);
    while (next < stop) {
      int count = (int) Math.min(stop - next, Math.max(1, PIECE / blockSize));
      piece(run.physical() + (next - run.logical()), count);
    }
    return true;
  }

  private void holesUpTo(long logical) throws MediaException {
    if (logical > next || end <= 0) {
      sink.damage("blocks %d to %d of the directory are missing".formatted(next, logical));
      next = logical;
    }
  }

  private void piece(long physical, int count) throws MediaException {
    ByteBuffer piece;
    try {
      piece = blocks.read(physical, count);
    } catch (MediaException e) {
      unreadable(physical, count, Groups.reasonUnlessFatal(e));
      return;
    }
    for (int i = 0; i < count; i++) {
      ByteBuffer block = piece.slice(i * blockSize, blockSize).order(piece.order());
      block(block, next++, "block " + (physical + i));
    }
  }

  private void unreadable(long physical, int count, String reason) throws MediaException {
    if (count > 1) {
      piece(physical, count / 2);
      piece(physical + count / 2, count - count / 2);
    } else {
      sink.damage("block %d: %s".formatted(physical, reason));
      next++;
    }
  }

  private void block(ByteBuffer block, long logical, String place) throws MediaException {
    if (logical == 0 && !beginsWithItself(block)) {
      sink.damage(place + ": does not belong to this directory");
    } else if (!layout.checksums().ofMetadata()) {
      entries.deliver(block, 0, blockSize, place);
    } else if (isIndex(block, logical)) {
      index(block, place);
    } else if (hasTail(block) && tailHolds(block)) {
      entries.deliver(block, 0, blockSize, place);
    } else {
      sink.damage(place + ": checksum is wrong");
    }
  }

  private boolean beginsWithItself(ByteBuffer block) {
    return Fields.u32(block, 0) == inode.number()
        && Fields.u8(block, 6) == 1
        && block.get(8) == '.';
  }

  private boolean isIndex(ByteBuffer block, long logical) {
    return layout.has(Feature.DIR_INDEX)
        && inode.isIndexed()
        && (logical == 0 || DirectoryEntries.length(block, 0, blockSize) == blockSize);
  }

  // The tail poses as an empty entry; its checksum covers all before it.
  private boolean hasTail(ByteBuffer block) {
    int at = blockSize - TAIL;
    return block.getInt(at) == 0
        && Fields.u16(block, at + 4) == TAIL
        && Fields.u8(block, at + 6) == 0
        && Fields.u8(block, at + 7) == TAIL_KIND;
  }

  private boolean tailHolds(ByteBuffer block) {
    return layout.checksums().blockHolds(inode, block, blockSize - TAIL, blockSize - 4);
  }

  // An index holds no names but the two dots: damage to it costs nothing, and is told.
  private void index(ByteBuffer block, String place) throws MediaException {
    int at =
        DirectoryEntries.length(block, 0, blockSize) == DOT_ENTRY
            ? INDEX_ROOT_ENTRIES
            : INDEX_NODE_ENTRIES;
    int limit = Fields.u16(block, at);
    int count = Fields.u16(block, at + 2);
    int tail = at + limit * INDEX_ENTRY;
    boolean holds =
        count <= limit
            && tail + 8 <= blockSize
            && inode
                    .checksum(layout.checksums())
                    .add(block, 0, at + count * INDEX_ENTRY)
                    .add(block, tail, 4)
                    .addZeros(4)
                    .value()
                == block.getInt(tail + 4);
    if (!holds) {
      sink.damage(place + ": checksum of the index is wrong; the names are read without it");
    }
  }

  /// Leaves out `.` and `..` at the start, and what can be no name at all.
  private static final class WithoutDots implements EntrySink {
    private final Inode directory;
    private final EntrySink sink;
    private int passed;

    WithoutDots(Inode directory, EntrySink sink) {
      this.directory = directory;
      this.sink = sink;
    }

    @Override
    public void entry(byte[] name, long inode, int type) throws MediaException {
      boolean isDot = name.length == 1 && name[0] == '.';
      boolean isDotDot = name.length == 2 && name[0] == '.' && name[1] == '.';
      int place = passed++;
      if (name.length == 0 || isDot || isDotDot) {
        boolean isExpected = !directory.isInline() && (isDot ? place == 0 : isDotDot && place == 1);
        if (!isExpected) {
          sink.damage("an entry for inode " + inode + " has no name of its own");
        }
      } else {
        sink.entry(name, inode, type);
      }
    }

    @Override
    public void damage(String reason) throws MediaException {
      sink.damage(reason);
    }
  }
}
