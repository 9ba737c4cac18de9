package org.diskferry.mkfs.ext;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diskferry.mkfs.fill.FillerException;

/// The index of a directory (hashed tree, `struct dx_root` and `dx_node`), built in one go over all
/// of its names: leaves in the order of the hashes, above them one level of nodes at the most.
///
/// | offset | root | node |
/// |---|---|---|
/// | 0 | `.` and `..` | an unused entry of the whole block |
/// | 24 | 4 zeros, hash version, 8, levels, 0 | |
/// | 32, 8 | limit and count, 2 bytes each; block of the first child | the same |
/// | +8 | hash and block of each further child | the same |
final class DirectoryIndex {
  private static final int ROOT_HEAD = 32;
  private static final int NODE_HEAD = 8;
  private static final int ENTRY = 8;
  private static final int TAIL = 8;

  private final ExtVolume volume;
  private final DirectoryFile directory;
  private final List<Name> names = new ArrayList<>();
  private int parent;

  /// A name and where it belongs.
  private static final class Name {
    private final int hash;
    private final int inode;
    private final byte kind;
    private final byte[] bytes;

    private Name(int hash, int inode, byte kind, byte[] bytes) {
      this.hash = hash;
      this.inode = inode;
      this.kind = kind;
      this.bytes = bytes;
    }
  }

  /// A leaf, or a node, by its first hash.
  private static final class Child {
    private final int hash;
    private final byte[] content;

    private Child(int hash, byte[] content) {
      this.hash = hash;
      this.content = content;
    }
  }

  private DirectoryIndex(ExtVolume volume, DirectoryFile directory) {
    this.volume = volume;
    this.directory = directory;
  }

  /// Blocks that building it takes beyond those that the directory has.
  static int debt(int blocks) {
    return blocks < 2 ? 0 : 2 + blocks / 12;
  }

  /// Builds it, where it can be had; a directory without is as good, and slower.
  static void build(ExtVolume volume, DirectoryFile directory) throws FillerException {
    new DirectoryIndex(volume, directory).build();
  }

  private void build() throws FillerException {
    directory.visit(this::take);
    names.sort((a, b) -> Integer.compareUnsigned(a.hash, b.hash));
    List<Child> leaves = leaves();
    int rootLimit = (volume.blockSize() - ROOT_HEAD - TAIL) / ENTRY;
    int nodeLimit = (volume.blockSize() - NODE_HEAD - TAIL) / ENTRY;
    int nodes = leaves.size() <= rootLimit ? 0 : Math.ceilDiv(leaves.size(), nodeLimit);
    long[] blocks = nodes <= rootLimit ? resized(1 + nodes + leaves.size()) : new long[0];
    if (blocks.length == 0) {
      return;
    }
    int first = 1 + nodes;
    for (int i = 0; i < leaves.size(); i++) {
      write(blocks[first + i], leaves.get(i).content);
    }
    List<Child> top = nodes == 0 ? leaves : nodes(leaves, first, nodeLimit);
    for (int i = 0; i < nodes; i++) {
      write(blocks[1 + i], top.get(i).content);
    }
    write(blocks[0], root(top, 1, rootLimit, nodes == 0 ? 0 : 1));
    directory.record().setIndexed(true);
    volume.write(directory.inode(), directory.record());
  }

  private void take(int inode, byte kind, byte[] name) throws FillerException {
    if (name.length == 2 && name[0] == '.' && name[1] == '.') {
      parent = inode;
    } else if (name.length != 1 || name[0] != '.') {
      names.add(new Name(volume.hash(name), inode, kind, name));
    }
  }

  private List<Child> leaves() {
    List<Child> leaves = new ArrayList<>();
    DirectoryBlock block = DirectoryBlock.empty(volume.blockSize());
    int first = 0;
    int before = 0;
    for (Name name : names) {
      if (!block.add(name.inode, name.kind, name.bytes)) {
        leaves.add(new Child(first, block.content()));
        block = DirectoryBlock.empty(volume.blockSize());
        block.add(name.inode, name.kind, name.bytes);
        // The lowest bit says that names of the same hash stand in the leaf before.
        first = name.hash == before ? name.hash | 1 : name.hash;
      }
      before = name.hash;
    }
    leaves.add(new Child(first, block.content()));
    return leaves;
  }

  // The directory's blocks when it has that many; none when it cannot.
  private long[] resized(int count) throws FillerException {
    InodeRecord record = directory.record();
    if (count < directory.size()) {
      volume.cut(directory.inode(), record, count);
    } else if (count > directory.size()
        && !volume.allocate(
            directory.inode(), record, directory.size(), count - directory.size())) {
      return new long[0];
    }
    record.setSize((long) count * volume.blockSize());
    volume.write(directory.inode(), record);
    return DirectoryFile.places(volume, directory.inode(), record);
  }

  private List<Child> nodes(List<Child> leaves, int first, int limit) {
    List<Child> nodes = new ArrayList<>();
    for (int from = 0; from < leaves.size(); from += limit) {
      List<Child> children = leaves.subList(from, Math.min(leaves.size(), from + limit));
      byte[] content = new byte[volume.blockSize()];
      ByteBuffer node = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
      node.putShort(4, (short) volume.blockSize());
      entries(node, NODE_HEAD, limit, children, first + from);
      nodes.add(new Child(children.getFirst().hash, content));
    }
    return nodes;
  }

  private byte[] root(List<Child> children, int first, int limit, int levels) {
    byte[] content = new byte[volume.blockSize()];
    ByteBuffer root = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    dots(root, directory.inode(), parent, volume.blockSize() - 12);
    root.put(28, (byte) volume.hashVersion());
    root.put(29, (byte) 8);
    root.put(30, (byte) levels);
    entries(root, ROOT_HEAD, limit, children, first);
    return content;
  }

  private static void dots(ByteBuffer block, int self, int parent, int secondLength) {
    block.putInt(0, self);
    block.putShort(4, (short) 12);
    block.put(6, (byte) 1);
    block.put(7, DirectoryBlock.DIRECTORY);
    block.put(8, (byte) '.');
    block.putInt(12, parent);
    block.putShort(16, (short) secondLength);
    block.put(18, (byte) 2);
    block.put(19, DirectoryBlock.DIRECTORY);
    block.put(20, (byte) '.');
    block.put(21, (byte) '.');
  }

  private static void entries(
      ByteBuffer block, int at, int limit, List<Child> children, int first) {
    block.putShort(at, (short) limit);
    block.putShort(at + 2, (short) children.size());
    block.putInt(at + 4, first);
    for (int i = 1; i < children.size(); i++) {
      block.putInt(at + i * ENTRY, children.get(i).hash);
      block.putInt(at + i * ENTRY + 4, first + i);
    }
  }

  private void write(long block, byte[] content) throws FillerException {
    volume.writeDirectoryBlock(directory.inode(), block, content);
  }

  /// Makes an indexed directory a plain one: the root keeps its two names, the nodes become empty.
  static void takeOff(ExtVolume volume, int inode, InodeRecord record, long[] blocks)
      throws FillerException {
    ByteBuffer root = ByteBuffer.wrap(volume.readBlock(blocks[0])).order(ByteOrder.LITTLE_ENDIAN);
    int levels = root.get(30);
    int parent = root.getInt(12);
    int nodes = levels == 0 ? 0 : Short.toUnsignedInt(root.getShort(ROOT_HEAD + 2));
    DirectoryBlock plain = DirectoryBlock.empty(volume.blockSize());
    plain.add(inode, DirectoryBlock.DIRECTORY, new byte[] {'.'});
    plain.add(parent, DirectoryBlock.DIRECTORY, new byte[] {'.', '.'});
    volume.writeDirectoryBlock(inode, blocks[0], plain.content());
    byte[] empty = DirectoryBlock.empty(volume.blockSize()).content();
    for (long node : Arrays.copyOfRange(blocks, 1, 1 + nodes)) {
      volume.writeDirectoryBlock(inode, node, empty);
    }
    record.setIndexed(false);
    volume.write(inode, record);
  }
}
