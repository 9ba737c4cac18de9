package org.diskferry.media.fs.ntfs;

import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.testing.FileTreeContract;

/// The contract, held by NTFS.
abstract class NtfsContract extends FileTreeContract {
  @Override
  protected final FileTree open(BlockSource volume, Bounds bounds) throws MediaException {
    return Ntfs.open(volume, bounds);
  }
}
