package org.diskferry.mkfs.ext;

import java.util.Arrays;
import java.util.List;
import org.diskferry.mkfs.fill.FillerException;

/// A directory that names are added to: one after the other, without an index, the last block in
/// memory. So it is sound after every flush.
final class DirectoryFile {
  /// A directory that grows gets a few blocks at once, so that it does not lie in pieces between
  /// its files.
  private static final int MOST_GROWTH = 16;

  private final ExtVolume volume;
  private final int inode;
  private final InodeRecord record;
  private long[] blocks;

  /// Which of them names are added to: those behind it are empty.
  private int current;

  private DirectoryBlock block;
  private boolean dirty;

  private DirectoryFile(
      ExtVolume volume,
      int inode,
      InodeRecord record,
      long[] blocks,
      int current,
      DirectoryBlock block) {
    this.volume = volume;
    this.inode = inode;
    this.record = record;
    this.blocks = blocks;
    this.current = current;
    this.block = block;
  }

  /// A new one of one block, which `record` has already.
  static DirectoryFile begin(ExtVolume volume, int inode, InodeRecord record, int parent)
      throws FillerException {
    DirectoryBlock block = DirectoryBlock.empty(volume.blockSize());
    block.add(inode, DirectoryBlock.DIRECTORY, new byte[] {'.'});
    block.add(parent, DirectoryBlock.DIRECTORY, new byte[] {'.', '.'});
    DirectoryFile file =
        new DirectoryFile(volume, inode, record, places(volume, inode, record), 0, block);
    file.dirty = true;
    return file;
  }

  /// One that is on the volume. An index is taken off: it is built again at the end.
  static DirectoryFile open(ExtVolume volume, int inode) throws FillerException {
    InodeRecord record = volume.read(inode);
    long[] blocks = places(volume, inode, record);
    if (record.isIndexed()) {
      DirectoryIndex.takeOff(volume, inode, record, blocks);
    }
    int current = blocks.length - 1;
    DirectoryBlock block = DirectoryBlock.of(volume.readBlock(blocks[current]));
    while (current > 0 && block.isEmpty()) {
      current--;
      block = DirectoryBlock.of(volume.readBlock(blocks[current]));
    }
    return new DirectoryFile(volume, inode, record, blocks, current, block);
  }

  /// Where the blocks of a directory are, in order.
  static long[] places(ExtVolume volume, int inode, InodeRecord record) throws FillerException {
    List<ExtVolume.Run> runs = volume.runs(inode, record);
    long[] blocks = new long[Math.toIntExact(record.size() / volume.blockSize())];
    for (ExtVolume.Run run : runs) {
      for (int i = 0; i < run.count() && run.logical() + i < blocks.length; i++) {
        blocks[Math.toIntExact(run.logical()) + i] = run.physical() + i;
      }
    }
    return blocks;
  }

  int inode() {
    return inode;
  }

  InodeRecord record() {
    return record;
  }

  /// Its blocks, in order.
  long[] blocks() {
    return blocks.clone();
  }

  int size() {
    return blocks.length;
  }

  /// Blocks that one more name may take.
  int growth() {
    return Math.min(MOST_GROWTH, 1 + blocks.length / 4);
  }

  /// Adds a name; false when the volume has no room for it.
  boolean add(int child, byte kind, byte[] name) throws FillerException {
    while (!block.add(child, kind, name)) {
      if (current + 1 == blocks.length && !grow()) {
        return false;
      }
      flush();
      current++;
      block = DirectoryBlock.of(volume.readBlock(blocks[current]));
    }
    dirty = true;
    return true;
  }

  private boolean grow() throws FillerException {
    int more = growth();
    long size = record.size();
    if (!volume.allocate(inode, record, blocks.length, more)) {
      return false;
    }
    record.setSize(size + (long) more * volume.blockSize());
    volume.write(inode, record);
    int before = blocks.length;
    blocks = places(volume, inode, record);
    byte[] empty = DirectoryBlock.empty(volume.blockSize()).content();
    for (long added : Arrays.copyOfRange(blocks, before, blocks.length)) {
      volume.writeDirectoryBlock(inode, added, empty);
    }
    return true;
  }

  /// Takes a name out; the newest block is looked at first.
  ///
  /// @return the inode that it named; 0, and nothing was changed, where there is no such name
  int remove(byte[] name) throws FillerException {
    int removed = block.remove(name);
    if (removed != 0) {
      dirty = true;
      return removed;
    }
    for (int i = current - 1; i >= 0; i--) {
      DirectoryBlock older = DirectoryBlock.of(volume.readBlock(blocks[i]));
      removed = older.remove(name);
      if (removed != 0) {
        volume.writeDirectoryBlock(inode, blocks[i], older.content());
        return removed;
      }
    }
    return 0;
  }

  /// All its names, `.` and `..` too.
  void visit(DirectoryBlock.Visitor visitor) throws FillerException {
    flush();
    for (int i = 0; i <= current; i++) {
      DirectoryBlock.of(volume.readBlock(blocks[i])).visit(visitor);
    }
  }

  /// A subdirectory names it as its parent.
  void addLink() throws FillerException {
    record.addLink();
    volume.write(inode, record);
  }

  void flush() throws FillerException {
    if (dirty) {
      volume.writeDirectoryBlock(inode, blocks[current], block.content());
      dirty = false;
    }
  }
}
