package org.diskferry.media.fs.fat;

import java.nio.file.Path;
import org.diskferry.media.testing.MadeDisk;

/// Sectors of 4 KiB, clusters of 32 KiB.
class FatLargeSectorTest extends FatContract {
  @Override
  protected MadeDisk make(Path folder) throws Exception {
    FatDisks.require(getClass());
    return FatDisks.full(folder, 192 << 20, "-F", "16", "-S", "4096", "-s", "8");
  }

  @Override
  String format() {
    return "FAT16";
  }

  @Override
  protected int thrift() {
    return 2;
  }
}
