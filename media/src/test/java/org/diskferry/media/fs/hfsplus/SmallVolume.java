package org.diskferry.media.fs.hfsplus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.ContentReader;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Node;
import org.diskferry.media.testing.TreeSnapshot;
import org.tukaani.xz.XZInputStream;

/// A small volume of the kit's in memory, and a reader of all that a volume has.
final class SmallVolume {
  private static final int PIECE = 70_000;

  private SmallVolume() {}

  static byte[] bytes(String name) {
    try (InputStream packed = SmallVolume.class.getResourceAsStream(name + ".img.xz");
        InputStream in = new XZInputStream(new BufferedInputStream(packed))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// CPU time of this thread so far: a limit on it holds on a loaded machine, too.
  static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /// Lists `volume`, reads both ends of every file and stream, and proves it: any [MediaException]
  /// is a good answer.
  static void readAll(BlockSource volume) {
    try {
      FileTree tree = HfsPlus.open(volume, Bounds.TIGHT);
      TreeSnapshot found = TreeSnapshot.of(tree);
      for (Node node : found.nodes().values()) {
        if (node.kind() == Node.Kind.FILE || node.kind() == Node.Kind.STREAM) {
          readEnds(new ContentReader(volume, tree.content(node.id())));
        }
      }
      tree.coverage();
    } catch (MediaException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  private static void readEnds(ContentReader reader) {
    ByteBuffer piece = ByteBuffer.allocate((int) Math.min(reader.size(), PIECE));
    try {
      reader.read(0, piece);
      reader.read(reader.size() - piece.capacity(), piece.clear());
    } catch (MediaException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }
}
