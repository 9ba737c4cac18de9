package org.diskferry.media.fs.fat;

import java.nio.file.Path;
import org.diskferry.media.testing.MadeDisk;

/// The smallest clusters: long chains, directories in many pieces.
class Fat32Test extends FatContract {
  @Override
  protected MadeDisk make(Path folder) throws Exception {
    FatDisks.require(getClass());
    return FatDisks.full(folder, 96 << 20, "-F", "32", "-s", "1");
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
