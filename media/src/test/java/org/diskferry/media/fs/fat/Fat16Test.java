package org.diskferry.media.fs.fat;

import java.nio.file.Path;
import org.diskferry.media.testing.MadeDisk;

/// Entries of two bytes, clusters of 2 KiB, a root directory of few entries.
class Fat16Test extends FatContract {
  @Override
  protected MadeDisk make(Path folder) throws Exception {
    FatDisks.require(getClass());
    return FatDisks.full(folder, 80 << 20, "-F", "16", "-s", "4", "-r", "112");
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
