package org.diskferry.media.fs.ntfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.ContentReader;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Node;
import org.diskferry.media.testing.ChangeableImage;
import org.diskferry.media.testing.TreeSnapshot;

/// A volume of 2 MiB that mkntfs made and ntfs-3g filled: compressed, resident and sparse files,
/// streams, hard links in an attribute list, a folder with an index of several blocks. Its table of
/// capital letters, which is not read, was overwritten with zeros: it does not compress.
final class SmallDisk {
  static final ChangeableImage IMAGE = ChangeableImage.resource(SmallDisk.class, "small.img.gz");

  /// What a hostile volume of this size may cost, contents included, on a machine that does other
  /// things too.
  static final long MOST_NANOS = 10_000_000_000L;

  private SmallDisk() {}

  /// Reads everything that there is: any refusal is a good answer, anything else is not.
  static void readAll(BlockSource volume) {
    try {
      FileTree tree = Ntfs.open(volume, Bounds.TIGHT);
      TreeSnapshot found = TreeSnapshot.of(tree);
      for (Node node : found.nodes().values()) {
        if (node.kind() == Node.Kind.FILE || node.kind() == Node.Kind.STREAM) {
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
