package org.diskferry.media.fs.fat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.Content;
import org.diskferry.media.fs.ContentReader;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Node;
import org.diskferry.media.fs.chain.RecordSink;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.MemorySource;
import org.diskferry.media.testing.PatchedSource;
import org.diskferry.media.testing.TreeSnapshot;

/// Images of 1 to 34 MiB, made by mkfs.fat and mtools with clusters of one sector: a fragmented
/// file, nested folders, long and short names, a folder of many entries, deleted files.
final class SmallFat {
  static final int CLUSTER = 512;

  /// Processor time that no reading of a hostile variant may cost.
  static final long MOST_NANOS = 10_000_000_000L;

  private final byte[] bytes;
  private final BootSector boot;
  private final PatchedSource patched;

  /// `kind` is `fat12`, `fat16` or `fat32`.
  SmallFat(String kind) throws IOException, MediaException {
    this(bytes(kind));
  }

  /// Over bytes that others use, too.
  SmallFat(byte[] bytes) throws MediaException {
    this.bytes = bytes;
    this.boot = BootSector.read(ByteBuffer.wrap(bytes, 0, BootSector.LENGTH));
    this.patched = new PatchedSource(new MemorySource(bytes));
  }

  static byte[] bytes(String kind) throws IOException {
    try (InputStream packed =
        Objects.requireNonNull(SmallFat.class.getResourceAsStream(kind + ".img.gz"))) {
      return new GZIPInputStream(packed).readAllBytes();
    }
  }

  /// The disk with all that was changed so far.
  BlockSource source() {
    return patched;
  }

  BootSector boot() {
    return boot;
  }

  FileTree tree() throws MediaException {
    return Fat.open(patched, Bounds.TIGHT);
  }

  TreeSnapshot found() throws MediaException {
    return TreeSnapshot.of(tree());
  }

  Map<String, Listing.Row> rows() throws MediaException {
    FileTree tree = tree();
    return TreeSnapshot.of(tree).files(tree, patched).files();
  }

  /// The file or directory at `path`.
  Node node(String path) throws MediaException {
    TreeSnapshot found = found();
    Node file = found.paths(Node.Kind.FILE).get(path);
    return file == null
        ? Objects.requireNonNull(found.paths(Node.Kind.DIRECTORY).get(path), path)
        : file;
  }

  /// Byte of the volume at which the short entry of `path` lies.
  long entry(String path) throws MediaException {
    return node(path).id() * RecordSink.SIZE;
  }

  /// First cluster of what is at `path`.
  long first(String path) throws MediaException {
    ByteBuffer record = ByteBuffer.allocate(RecordSink.SIZE).order(ByteOrder.LITTLE_ENDIAN);
    patched.read(entry(path), record);
    return new Entry(record, 0).firstCluster(boot.width());
  }

  /// The `index`-th cluster of the file at `path`.
  long cluster(String path, int index) throws MediaException {
    Content.Extents extents = (Content.Extents) tree().content(node(path).id());
    for (var run : extents.runs()) {
      if ((long) index * CLUSTER < run.logicalEnd()) {
        long at = run.physical() + (long) index * CLUSTER - run.logical();
        return 2 + (at - boot.heap().start()) / CLUSTER;
      }
    }
    throw new IllegalArgumentException(path + " has no cluster " + index);
  }

  SmallFat put(long at, int... values) {
    for (int i = 0; i < values.length; i++) {
      patched.put(at + i, (byte) values[i]);
    }
    return this;
  }

  /// Makes `cluster` lead to `next` in every table.
  SmallFat link(long cluster, long next) throws MediaException {
    for (int table = 0; table < boot.tables(); table++) {
      link(table, cluster, next);
    }
    return this;
  }

  /// Makes `cluster` lead to `next` in one table.
  SmallFat link(int table, long cluster, long next) throws MediaException {
    long start = table(table);
    switch (boot.width()) {
      case FAT12 -> {
        long at = start + cluster * 3 / 2;
        ByteBuffer old = ByteBuffer.allocate(2);
        patched.read(at, old);
        int low = Byte.toUnsignedInt(old.get(0));
        int high = Byte.toUnsignedInt(old.get(1));
        int value = (int) next & 0xFFF;
        if (cluster % 2 == 0) {
          put(at, value & 0xFF, (high & 0xF0) | value >>> 8);
        } else {
          put(at, (low & 0x0F) | (value & 0xF) << 4, value >>> 4);
        }
      }
      case FAT16 -> put(start + 2 * cluster, (int) next & 0xFF, (int) next >>> 8 & 0xFF);
      case FAT32, EXFAT ->
          put(
              start + 4 * cluster,
              (int) next & 0xFF,
              (int) next >>> 8 & 0xFF,
              (int) next >>> 16 & 0xFF,
              (int) next >>> 24 & 0x0F);
    }
    return this;
  }

  /// Byte at which table `table` begins.
  long table(int table) {
    return (boot.reserved() + table * boot.tableSectors()) * boot.sectorSize();
  }

  /// Changes the first cluster in the entry of `path`.
  SmallFat start(String path, long cluster) throws MediaException {
    long at = entry(path);
    put(at + 26, (int) cluster & 0xFF, (int) cluster >>> 8 & 0xFF);
    return boot.rootEntries() > 0
        ? this
        : put(at + 20, (int) cluster >>> 16 & 0xFF, (int) cluster >>> 24);
  }

  String reason(String path) throws MediaException {
    Content content = tree().content(node(path).id());
    assertThat(node(path).form()).isEqualTo(Node.Form.UNREADABLE);
    assertThat(content).isInstanceOf(Content.Unreadable.class);
    return ((Content.Unreadable) content).reason();
  }

  int size() {
    return bytes.length;
  }

  /// Reads everything that there is: any refusal is a good answer, anything else is not.
  static void readAll(BlockSource volume) {
    try {
      FileTree tree = Fat.open(volume, Bounds.TIGHT);
      TreeSnapshot found = TreeSnapshot.of(tree);
      for (Node node : found.nodes().values()) {
        if (node.kind() == Node.Kind.FILE) {
          readEnds(new ContentReader(volume, tree.content(node.id())));
        }
      }
      tree.coverage();
    } catch (MediaException e) {
      assertThat(e.trouble()).isNotEqualTo(Trouble.GONE);
    }
  }

  private static void readEnds(ContentReader reader) {
    ByteBuffer piece = ByteBuffer.allocate((int) Math.min(reader.size(), 70_000));
    try {
      reader.read(0, piece);
      reader.read(reader.size() - piece.capacity(), piece.clear());
    } catch (MediaException e) {
      assertThat(e.trouble()).isNotEqualTo(Trouble.GONE);
    }
  }
}
