package org.diskferry.media.fs.fat;

import java.nio.file.Path;
import org.diskferry.media.testing.MadeDisk;

/// Entries of one and a half bytes, clusters of 16 KiB.
class Fat12Test extends FatContract {
  @Override
  protected MadeDisk make(Path folder) throws Exception {
    FatDisks.require(getClass());
    return FatDisks.full(folder, 60 << 20, "-F", "12", "-s", "32");
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
