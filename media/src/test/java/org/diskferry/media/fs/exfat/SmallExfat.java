package org.diskferry.media.fs.exfat;

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
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.MemorySource;
import org.diskferry.media.testing.TreeSnapshot;

/// An image of 4 MiB, made by mkfs.exfat and exfat-fuse with clusters of one sector: a fragmented
/// file, nested folders, a folder of many entries, deleted files. Changes are made in a copy, and
/// checksums can be set right behind them.
final class SmallExfat {
  private static final int ENTRY = 32;
  private static final int SECTOR = 512;

  private final ByteBuffer bytes;

  SmallExfat() throws IOException {
    try (InputStream packed =
        Objects.requireNonNull(SmallExfat.class.getResourceAsStream("small.img.gz"))) {
      bytes =
          ByteBuffer.wrap(new GZIPInputStream(packed).readAllBytes())
              .order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  ByteBuffer bytes() {
    return bytes;
  }

  /// A copy of all bytes.
  byte[] copy() {
    byte[] copy = new byte[bytes.limit()];
    bytes.get(0, copy);
    return copy;
  }

  BlockSource source() {
    return new MemorySource(copy());
  }

  BootSector boot() throws MediaException {
    return BootSector.read(bytes.slice(0, SECTOR));
  }

  FileTree tree() throws MediaException {
    return Exfat.open(source(), Bounds.TIGHT);
  }

  TreeSnapshot found() throws MediaException {
    return TreeSnapshot.of(tree());
  }

  Map<String, Listing.Row> rows() throws MediaException {
    return rows(source());
  }

  static Map<String, Listing.Row> rows(BlockSource source) throws MediaException {
    FileTree tree = Exfat.open(source, Bounds.TIGHT);
    return TreeSnapshot.of(tree).files(tree, source).files();
  }

  Node node(String path) throws MediaException {
    TreeSnapshot found = found();
    Node file = found.paths(Node.Kind.FILE).get(path);
    return file == null
        ? Objects.requireNonNull(found.paths(Node.Kind.DIRECTORY).get(path), path)
        : file;
  }

  /// Byte at which the stream entry of `path` lies.
  int stream(String path) throws MediaException {
    return Math.toIntExact(node(path).id() * ENTRY);
  }

  /// Sets the checksum of the set whose stream entry lies at `stream` right, where it lies in one
  /// piece.
  SmallExfat seal(int stream) {
    int start = stream - ENTRY;
    int count = 1 + Byte.toUnsignedInt(bytes.get(start + 1));
    int sum = Checksum.ofSet(bytes.slice(start, count * ENTRY), count * ENTRY);
    bytes.putShort(start + 2, (short) sum);
    return this;
  }

  /// Sets the checksum of the boot region right.
  SmallExfat sealBoot() {
    int sum = Checksum.ofBootRegion(bytes, 11 * SECTOR);
    for (int at = 11 * SECTOR; at < 12 * SECTOR; at += Integer.BYTES) {
      bytes.putInt(at, sum);
    }
    return this;
  }

  /// Byte of the table at which the entry of `cluster` lies.
  int tableEntry(long cluster) throws MediaException {
    return Math.toIntExact(boot().tableStart() * SECTOR + 4 * cluster);
  }

  /// Byte at which `cluster` begins.
  int position(long cluster) throws MediaException {
    return Math.toIntExact(boot().heap().position(cluster));
  }

  String reason(String path) throws MediaException {
    Content content = tree().content(node(path).id());
    assertThat(node(path).form()).isEqualTo(Node.Form.UNREADABLE);
    assertThat(content).isInstanceOf(Content.Unreadable.class);
    return ((Content.Unreadable) content).reason();
  }

  /// Reads everything that there is: any refusal is a good answer, anything else is not.
  static void readAll(BlockSource volume) {
    try {
      FileTree tree = Exfat.open(volume, Bounds.TIGHT);
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
