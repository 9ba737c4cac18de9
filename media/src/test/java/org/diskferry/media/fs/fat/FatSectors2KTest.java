package org.diskferry.media.fs.fat;

import java.nio.file.Path;
import org.diskferry.media.testing.MadeDisk;

/// Sectors of 2 KiB, and a backup of the boot sector that lies by them.
class FatSectors2KTest extends FatContract {
  @Override
  protected MadeDisk make(Path folder) throws Exception {
    FatDisks.require(getClass());
    return FatDisks.full(folder, 160 << 20, "-F", "32", "-S", "2048", "-s", "1");
  }

  @Override
  String format() {
    return "FAT32";
  }

  @Override
  protected int thrift() {
    return 4;
  }
}
