package org.diskferry.media.fs.hfsplus;

/// Files with several names.
class HfsPlusHardLinksTest extends HfsPlusContract {
  HfsPlusHardLinksTest() {
    super("hfsplus-hardlinks");
  }
}
