package org.diskferry.media.fs.fat;

import java.nio.file.Path;
import org.diskferry.media.testing.MadeDisk;

/// Clusters of 256 KiB, as Windows makes them on disks with large sectors.
class FatLargeClusterTest extends FatContract {
  @Override
  protected MadeDisk make(Path folder) throws Exception {
    FatDisks.require(getClass());
    return FatDisks.full(folder, 384 << 20, "-F", "12", "-S", "4096", "-s", "64");
  }

  @Override
  String format() {
    return "FAT12";
  }

  @Override
  protected int thrift() {
    return 4;
  }
}
