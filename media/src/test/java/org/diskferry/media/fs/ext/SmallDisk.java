package org.diskferry.media.fs.ext;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.ContentReader;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Node;
import org.diskferry.media.testing.MemorySource;
import org.diskferry.media.testing.TreeSnapshot;

/// An image of 3 MiB that was copied from a mounted volume: ext4 without checksums, so that what is
/// changed in it is believed. It has extents, indirect blocks, inline content, an indexed folder
/// and a journal that waits.
final class SmallDisk {
  /// What a hostile volume of this size may cost, contents included, on a machine that does other
  /// things too.
  static final long MOST_NANOS = 10_000_000_000L;

  private SmallDisk() {}

  static byte[] bytes() throws IOException {
    try (InputStream packed =
        Objects.requireNonNull(SmallDisk.class.getResourceAsStream("small.img.gz"))) {
      return new GZIPInputStream(packed).readAllBytes();
    }
  }

  static BlockSource source() throws IOException {
    return new MemorySource(bytes());
  }

  /// Reads everything that there is: any refusal is a good answer, anything else is not.
  static void readAll(BlockSource volume) {
    try {
      FileTree tree = Ext.open(volume, Bounds.TIGHT);
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
