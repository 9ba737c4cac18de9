package org.diskferry.media.fs.ntfs;

import java.nio.file.Path;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.testing.ContentSet;
import org.diskferry.media.testing.FileTreeContract;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.MadeDisk;
import org.diskferry.media.testing.Mount;

/// Clusters of 512 bytes: a record is larger than a cluster.
class NtfsSmallClusterTest extends FileTreeContract {
  @Override
  protected MadeDisk make(Path folder) throws Exception {
    NtfsDisks.require(getClass());
    Path image = NtfsDisks.format(folder, 64 << 20, 512, 512);
    try (Mount mount = NtfsDisks.mount(image)) {
      Listing expected = ContentSet.standard(512).writeTo(mount.root());
      return new MadeDisk(image, expected);
    }
  }

  @Override
  protected FileTree open(BlockSource volume, Bounds bounds) throws MediaException {
    return Ntfs.open(volume, bounds);
  }
}
