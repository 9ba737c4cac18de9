package org.diskferry.media.fs.ntfs;

import java.nio.file.Path;
import org.diskferry.media.testing.ContentSet;
import org.diskferry.media.testing.MadeDisk;
import org.diskferry.media.testing.Mount;

/// Sectors of 4 KiB, and with them records of 4 KiB.
class NtfsLargeSectorTest extends NtfsContract {
  @Override
  protected MadeDisk make(Path folder) throws Exception {
    NtfsDisks.require(getClass());
    Path image = NtfsDisks.format(folder, 64 << 20, 4096, 4096);
    try (Mount mount = NtfsDisks.mount(image)) {
      return new MadeDisk(image, ContentSet.standard(4096).writeTo(mount.root()));
    }
  }
}
