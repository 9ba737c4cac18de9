package org.diskferry.media.fs.fat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Node;
import org.diskferry.media.fs.Volume;
import org.diskferry.media.testing.FileTreeContract;
import org.diskferry.media.testing.Tool;
import org.diskferry.media.testing.TreeSnapshot;
import org.junit.jupiter.api.Test;

/// What holds for every kind of FAT.
abstract class FatContract extends FileTreeContract {
  private static final int LONGEST_OF_FLS = 195;

  @Override
  protected FileTree open(BlockSource volume, Bounds bounds) throws MediaException {
    return Fat.open(volume, bounds);
  }

  /// `FAT12`, `FAT16` or `FAT32`.
  abstract String format();

  @Test
  void theVolumeIsNamedAsItsOwnToolsNameIt() throws MediaException {
    Volume volume = tree().volume();
    assertThat(volume.format()).isEqualTo(format());
    assertThat(volume.name()).contains("THE DISK");
    assertThat(volume.uuid()).isEqualTo("1234-ABCD");
    assertThat(volume.state()).isEqualTo(Volume.State.CLEAN);
  }

  @Test
  void aSecondOpinionListsTheSameNames() throws Exception {
    Tool.require(getClass(), "fls");
    TreeSet<String> theirs = new TreeSet<>();
    for (String line :
        Tool.run("fls", "-r", "-p", "-u", disk().image().toString()).lines().toList()) {
      String name = line.substring(line.indexOf('\t') + 1);
      if (line.startsWith("r/r") && !name.endsWith("(Volume Label Entry)")) {
        theirs.add(cut(name));
      }
    }
    TreeSet<String> ours = new TreeSet<>();
    TreeSnapshot.of(tree()).paths(Node.Kind.FILE).keySet().forEach(path -> ours.add(cut(path)));
    assertThat(ours).isEqualTo(theirs);
  }

  // It cuts long names to some number of bytes; what it shows of them must agree.
  private static String cut(String path) {
    int name = path.lastIndexOf('/') + 1;
    return path.substring(0, Math.min(path.length(), name + LONGEST_OF_FLS / 3));
  }
}
