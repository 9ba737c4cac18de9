package org.diskferry.media.fs.ext;

import java.nio.file.Path;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.testing.FileTreeContract;
import org.diskferry.media.testing.MadeDisk;

/// ext2 with blocks of 4,096 bytes and inodes of 128: nothing that came later.
class Ext2Test extends FileTreeContract {
  @Override
  protected MadeDisk make(Path folder) throws Exception {
    ExtDisks.require(getClass());
    return ExtDisks.full(folder, 160L << 20, "-t", "ext2", "-b", "4096", "-I", "128");
  }

  @Override
  protected FileTree open(BlockSource volume, Bounds bounds) throws MediaException {
    return Ext.open(volume, bounds);
  }
}
