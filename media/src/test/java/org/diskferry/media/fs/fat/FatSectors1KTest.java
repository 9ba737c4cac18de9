package org.diskferry.media.fs.fat;

import java.nio.file.Path;
import org.diskferry.media.testing.MadeDisk;

/// Sectors of 1 KiB, which magneto-optical disks have.
class FatSectors1KTest extends FatContract {
  @Override
  protected MadeDisk make(Path folder) throws Exception {
    FatDisks.require(getClass());
    return FatDisks.full(folder, 80 << 20, "-F", "16", "-S", "1024", "-s", "2");
  }

  @Override
  String format() {
    return "FAT16";
  }

  @Override
  protected int thrift() {
    return 4;
  }
}
