package org.diskferry.media.fs.ntfs;

import java.nio.file.Path;
import org.diskferry.media.testing.ContentSet;
import org.diskferry.media.testing.MadeDisk;
import org.diskferry.media.testing.Mount;

/// Clusters of 64 KiB: the mirror is one cluster of 64 records, most files fill none.
class NtfsLargeClusterTest extends NtfsContract {
  @Override
  protected MadeDisk make(Path folder) throws Exception {
    NtfsDisks.require(getClass());
    Path image = NtfsDisks.format(folder, 256 << 20, 65_536, 512);
    try (Mount mount = NtfsDisks.mount(image)) {
      return new MadeDisk(image, ContentSet.standard(65_536).writeTo(mount.root()));
    }
  }
}
