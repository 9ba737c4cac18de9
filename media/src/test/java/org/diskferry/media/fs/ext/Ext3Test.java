package org.diskferry.media.fs.ext;

import java.nio.file.Path;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.testing.FileTreeContract;
import org.diskferry.media.testing.MadeDisk;

/// ext3 with blocks of 1,024 bytes: indirect blocks in three steps, no checksums.
class Ext3Test extends FileTreeContract {
  @Override
  protected MadeDisk make(Path folder) throws Exception {
    ExtDisks.require(getClass());
    return ExtDisks.full(folder, 160L << 20, "-t", "ext3", "-b", "1024");
  }

  @Override
  protected FileTree open(BlockSource volume, Bounds bounds) throws MediaException {
    return Ext.open(volume, bounds);
  }
}
