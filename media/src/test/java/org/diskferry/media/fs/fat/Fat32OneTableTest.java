package org.diskferry.media.fs.fat;

import java.nio.file.Path;
import org.diskferry.media.testing.MadeDisk;

/// One table alone, clusters of 4 KiB; so few of them that only the length of the table tells
/// FAT32.
class Fat32OneTableTest extends FatContract {
  @Override
  protected MadeDisk make(Path folder) throws Exception {
    FatDisks.require(getClass());
    return FatDisks.full(folder, 96 << 20, "-F", "32", "-s", "8", "-f", "1");
  }

  @Override
  String format() {
    return "FAT32";
  }

  @Override
  protected int thrift() {
    return 2;
  }
}
