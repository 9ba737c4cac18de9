package org.diskferry.media.fs.hfsplus;

import java.nio.file.Path;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.testing.FileTreeContract;
import org.diskferry.media.testing.MadeDisk;

/// The contract, held by HFS+ on one of the kit's disks.
abstract class HfsPlusContract extends FileTreeContract {
  private final String name;

  HfsPlusContract(String name) {
    this.name = name;
  }

  @Override
  protected final MadeDisk make(Path folder) throws Exception {
    return HfsPlusDisks.unpack(getClass(), folder, name);
  }

  @Override
  protected final FileTree open(BlockSource volume, Bounds bounds) throws MediaException {
    return HfsPlus.open(volume, bounds);
  }
}
