package org.diskferry.media.fs.ntfs;

import java.nio.file.Path;
import org.diskferry.media.testing.ContentSet;
import org.diskferry.media.testing.MadeDisk;
import org.diskferry.media.testing.Mount;

/// Clusters of 512 bytes: a record is larger than a cluster.
class NtfsSmallClusterTest extends NtfsContract {
  @Override
  protected MadeDisk make(Path folder) throws Exception {
    NtfsDisks.require(getClass());
    Path image = NtfsDisks.format(folder, 64 << 20, 512, 512);
    try (Mount mount = NtfsDisks.mount(image)) {
      return new MadeDisk(image, ContentSet.standard(512).writeTo(mount.root()));
    }
  }
}
