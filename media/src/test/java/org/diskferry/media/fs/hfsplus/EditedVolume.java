package org.diskferry.media.fs.hfsplus;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.diskferry.media.Bounds;
import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.block.Extent;
import org.diskferry.media.testing.PatchedSource;

/// A kit's volume with some of its bytes changed by hand: how tests make what no tool here makes.
final class EditedVolume {
  private final BlockSource image;
  private final Structures structures;
  private final PatchedSource patched;
  private long nextFree;

  /// Nothing is changed yet.
  EditedVolume(BlockSource image) throws MediaException {
    this.image = image;
    HeaderSearch.Found found = new HeaderSearch(image).find();
    Blocks blocks = new Blocks(image, found.space(), new Budget(Bounds.GENEROUS));
    this.structures = Structures.open(found.header(), blocks);
    this.patched = new PatchedSource(image);
    // The tests' volumes are filled from the front.
    this.nextFree = found.header().blocks() * 3 / 4;
  }

  PatchedSource source() {
    return patched;
  }

  Structures structures() {
    return structures;
  }

  int blockSize() {
    return structures.header().blockSize();
  }

  /// The bytes as they are now.
  ByteBuffer read(long at, int length) throws MediaException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.BIG_ENDIAN);
    patched.read(at, bytes);
    return bytes.flip();
  }

  /// The same as an array.
  byte[] bytes(long at, int length) throws MediaException {
    byte[] bytes = new byte[length];
    patched.read(at, ByteBuffer.wrap(bytes));
    return bytes;
  }

  EditedVolume put(long at, ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    patched.put(at, copy);
    return this;
  }

  EditedVolume putInt(long at, int value) {
    return put(at, ByteBuffer.allocate(4).putInt(0, value));
  }

  EditedVolume putShort(long at, int value) {
    return put(at, ByteBuffer.allocate(2).putShort(0, (short) value));
  }

  /// Takes `count` free blocks: marked as used, and counted in the header.
  ///
  /// @return the first of them
  long allocate(int count) throws MediaException {
    long first = nextFree;
    nextFree += count;
    long map = place(structures.header().allocation(), 0);
    for (long block = first; block < nextFree; block++) {
      ByteBuffer one = read(map + block / 8, 1);
      int bit = 0x80 >>> block % 8;
      if ((one.get(0) & bit) != 0) {
        throw new IllegalStateException("block " + block + " is not free");
      }
      patched.put(map + block / 8, (byte) (one.get(0) | bit));
    }
    int free = read(VolumeHeader.OFFSET + 48, 4).getInt(0);
    putInt(VolumeHeader.OFFSET + 48, free - count);
    return first;
  }

  /// First byte of the value of the first record of the catalogue that `wanted` is true for.
  long catalogueValue(Predicate<CatalogueVisitor.Found> wanted) throws MediaException {
    CatalogueVisitor.Found found = find(wanted);
    return valuePlace(
        structures.catalogue().tree(),
        structures.header().catalogue(),
        found.leaf(),
        found.index());
  }

  /// The first record of the catalogue that `wanted` is true for.
  CatalogueVisitor.Found find(Predicate<CatalogueVisitor.Found> wanted) throws MediaException {
    List<CatalogueVisitor.Found> all = new ArrayList<>();
    new LeafWalk(
            structures.catalogue().tree(),
            new CatalogueVisitor() {
              @Override
              void found(Found found) {
                if (wanted.test(found)) {
                  all.add(found);
                }
              }

              @Override
              public void damage(String reason) {
                throw new AssertionError(reason);
              }
            })
        .walk();
    return all.getFirst();
  }

  /// First byte of the value of the catalogue's record of the file or folder `name`.
  long named(String name) throws MediaException {
    return catalogueValue(found -> isNamed(found, name));
  }

  static boolean isNamed(CatalogueVisitor.Found found, String name) {
    return !(found.record() instanceof CatalogRecord.Clue)
        && Names.text(found.key().name()).equals(name);
  }

  /// First byte of the value of the compression attribute of the file `name`.
  long compression(String name) throws MediaException {
    long cnid = find(found -> isNamed(found, name)).record().cnid();
    AttributeKey wanted = new AttributeKey(cnid, 0, CompressionHeader.ATTRIBUTE);
    BTree tree = (BTree) structures.attributes().tree();
    BTree.Position position =
        tree.find(key -> wanted.compareTo(AttributeKey.read(key))).orElseThrow();
    return valuePlace(
        tree, structures.header().attributesFork(), position.leaf().number(), position.index());
  }

  /// Puts a record in which the runs of the compression attribute of the file `name` go on, from
  /// block `from` of it on, behind the one that the attribute has.
  void continueCompression(String name, long from, List<BlockRun> runs) throws MediaException {
    long cnid = find(found -> isNamed(found, name)).record().cnid();
    String attribute = CompressionHeader.ATTRIBUTE;
    int keyLength = 12 + 2 * attribute.length();
    ByteBuffer record = ByteBuffer.allocate(2 + keyLength + 8 + Fork.RUNS_LENGTH);
    record.putShort(0, (short) keyLength).putInt(4, (int) cnid).putInt(8, (int) from);
    record.putShort(12, (short) attribute.length());
    for (int i = 0; i < attribute.length(); i++) {
      record.putChar(14 + 2 * i, attribute.charAt(i));
    }
    int value = 2 + keyLength;
    record.putInt(value, 0x30);
    for (int i = 0; i < runs.size(); i++) {
      record.putInt(value + 8 + 8 * i, (int) runs.get(i).start());
      record.putInt(value + 12 + 8 * i, (int) runs.get(i).count());
    }
    AttributeKey wanted = new AttributeKey(cnid, 0, attribute);
    BTree tree = (BTree) structures.attributes().tree();
    BTree.Position position =
        tree.find(key -> wanted.compareTo(AttributeKey.read(key))).orElseThrow();
    insert(tree, structures.header().attributesFork(), position, record);
  }

  private void insert(BTree tree, Fork fork, BTree.Position before, ByteBuffer record)
      throws MediaException {
    int size = tree.header().nodeSize();
    long node = place(fork, before.leaf().number() * size);
    ByteBuffer bytes = read(node, size);
    int records = bytes.getShort(10);
    int at = Short.toUnsignedInt(bytes.getShort(size - 2 * (before.index() + 2)));
    int end = Short.toUnsignedInt(bytes.getShort(size - 2 * (records + 1)));
    if (end + record.capacity() > size - 2 * (records + 2)) {
      throw new IllegalStateException("no room in " + before.leaf());
    }
    byte[] behind = new byte[end - at];
    bytes.get(at, behind);
    bytes.put(at, record, 0, record.capacity()).put(at + record.capacity(), behind);
    for (int i = records; i > before.index(); i--) {
      int offset = Short.toUnsignedInt(bytes.getShort(size - 2 * (i + 1)));
      bytes.putShort(size - 2 * (i + 2), (short) (offset + record.capacity()));
    }
    bytes.putShort(size - 2 * (before.index() + 2), (short) at);
    bytes.putShort(10, (short) (records + 1));
    put(node, bytes);
    putInt(place(fork, 0) + 14 + 6, (int) tree.header().leafRecords() + 1);
  }

  /// First byte of node `number` of the catalogue.
  long node(long number) throws MediaException {
    int size = structures.catalogue().tree().header().nodeSize();
    return place(structures.header().catalogue(), number * size);
  }

  private long valuePlace(BTree tree, Fork fork, long leaf, int index) throws MediaException {
    int size = tree.header().nodeSize();
    long node = place(fork, leaf * size);
    ByteBuffer bytes = read(node, size);
    int record = Short.toUnsignedInt(bytes.getShort(size - 2 * (index + 1)));
    int start = record + 2 + Short.toUnsignedInt(bytes.getShort(record));
    return node + start + start % 2;
  }

  /// Where byte `logical` of `fork` lies.
  long place(Fork fork, long logical) throws MediaException {
    for (Extent run : structures.blocks().extents(fork, Overflow.NONE).runs()) {
      if (logical >= run.logical() && logical < run.logicalEnd()) {
        return run.physical() + (logical - run.logical());
      }
    }
    throw new IllegalStateException("byte " + logical + " of a fork of " + fork.size());
  }

  /// The volume before the changes.
  BlockSource original() {
    return image;
  }
}
