package org.diskferry.media.fs.ntfs;

import java.nio.file.Path;
import org.diskferry.media.testing.ContentSet;
import org.diskferry.media.testing.MadeDisk;
import org.diskferry.media.testing.Mount;

/// Clusters of 2 MiB, the largest there are: their number is coded differently in the boot sector.
class NtfsHugeClusterTest extends NtfsContract {
  @Override
  protected MadeDisk make(Path folder) throws Exception {
    NtfsDisks.require(getClass());
    Path image = NtfsDisks.format(folder, 1L << 31, 2 << 20, 512);
    try (Mount mount = NtfsDisks.mount(image)) {
      return new MadeDisk(image, ContentSet.standard(2 << 20).writeTo(mount.root()));
    }
  }

  @Override
  protected int thrift() {
    return 2;
  }
}
