package org.diskferry.media.fs.ext;

import java.nio.file.Path;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.testing.FileTreeContract;
import org.diskferry.media.testing.MadeDisk;

/// ext4 that allocates clusters of several blocks.
class ExtBigallocTest extends FileTreeContract {
  @Override
  protected MadeDisk make(Path folder) throws Exception {
    ExtDisks.require(getClass());
    return ExtDisks.full(
        folder, 400L << 20, "-t", "ext4", "-O", "bigalloc,orphan_file,metadata_csum_seed");
  }

  @Override
  protected FileTree open(BlockSource volume, Bounds bounds) throws MediaException {
    return Ext.open(volume, bounds);
  }
}
