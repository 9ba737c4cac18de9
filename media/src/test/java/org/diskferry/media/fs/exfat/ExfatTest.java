package org.diskferry.media.fs.exfat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.Content;
import org.diskferry.media.fs.Node;
import org.diskferry.media.testing.ContentSet;
import org.diskferry.media.testing.ContentSet.Pattern;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.MadeDisk;
import org.diskferry.media.testing.Tool;
import org.diskferry.media.testing.TreeSnapshot;
import org.junit.jupiter.api.Test;

/// An everyday volume: the standard set in the gaps of deleted files, two files that grew in turn,
/// a folder of many.
class ExfatTest extends ExfatContract {
  private static final int TURN = 5_000;

  @Override
  protected MadeDisk make(Path folder) throws Exception {
    ExfatDisks.require(getClass());
    List<Listing> written = new ArrayList<>();
    Map<String, Listing.Row> more = new HashMap<>();
    Path image =
        ExfatDisks.make(
            folder,
            96 << 20,
            512,
            List.of("-c", "4K"),
            root -> {
              new ContentSet(9).smallFiles("deleted", 100, 20_000).writeTo(root);
              Tool.run("sh", "-c", "rm -r '" + root + "'/deleted/00/*[05].bin");
              written.add(
                  ContentSet.standard(4096)
                      .smallFiles("many", 1_000, 1_500)
                      .file("odd/$ALLOC_BITMAP", 5_000, Pattern.RANDOM)
                      .writeTo(root));
              growInTurn(root, more);
              Tool.run("rm", "-r", root.resolve("deleted").toString());
            });
    return new MadeDisk(image, written.getFirst().and(more));
  }

  private static void growInTurn(Path root, Map<String, Listing.Row> rows) throws Exception {
    byte[] all = new byte[100 * TURN];
    new Random(3).nextBytes(all);
    List<String> names = List.of("turn 1.bin", "turn 2.bin");
    try (RandomAccessFile one = new RandomAccessFile(root.resolve("turn 1.bin").toFile(), "rw");
        RandomAccessFile two = new RandomAccessFile(root.resolve("turn 2.bin").toFile(), "rw")) {
      for (int at = 0; at < all.length; at += TURN) {
        one.write(all, at, TURN);
        two.write(all, at, TURN);
      }
    }
    for (String name : names) {
      Tool.run("touch", "-d", "@1300000001", root.resolve(name).toString());
      rows.put(name, Listing.row(all, 1_300_000_001));
    }
  }

  @Override
  protected int thrift() {
    return 4;
  }

  @Test
  void filesThatGrewInTurnAreReadFromManyPieces() throws MediaException {
    Node node = TreeSnapshot.of(tree()).paths(Node.Kind.FILE).get("turn 1.bin");
    assertThat(((Content.Extents) tree().content(node.id())).runs()).hasSizeGreaterThan(20);
  }
}
