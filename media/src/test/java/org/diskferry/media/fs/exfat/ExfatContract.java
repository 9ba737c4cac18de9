package org.diskferry.media.fs.exfat;

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

/// What holds for every exFAT volume.
abstract class ExfatContract extends FileTreeContract {
  @Override
  protected FileTree open(BlockSource volume, Bounds bounds) throws MediaException {
    return Exfat.open(volume, bounds);
  }

  @Test
  void theVolumeIsNamedAsItsOwnToolsNameIt() throws Exception {
    Volume volume = tree().volume();
    assertThat(volume.format()).isEqualTo("exFAT");
    assertThat(volume.name()).contains(ExfatDisks.LABEL);
    assertThat(volume.state()).isEqualTo(Volume.State.CLEAN);
    Tool.require(getClass(), "blkid");
    String uuid =
        Tool.run("blkid", "-p", "-o", "value", "-s", "UUID", disk().image().toString()).strip();
    assertThat(volume.uuid()).isEqualTo(uuid);
  }

  @Test
  void aSecondOpinionListsTheSameNames() throws Exception {
    Tool.require(getClass(), "fls");
    TreeSet<String> theirs = new TreeSet<>();
    for (String line :
        Tool.run("fls", "-r", "-p", "-u", disk().image().toString()).lines().toList()) {
      String name = line.substring(line.indexOf('\t') + 1);
      boolean meta = name.equals("$ALLOC_BITMAP") || name.equals("$UPCASE_TABLE");
      if (line.startsWith("r/r") && !meta && !name.contains("(Volume Label Entry)")) {
        theirs.add(name);
      }
    }
    assertThat(TreeSnapshot.of(tree()).paths(Node.Kind.FILE).keySet()).isEqualTo(theirs);
  }
}
