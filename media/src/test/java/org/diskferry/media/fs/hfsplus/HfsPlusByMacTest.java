package org.diskferry.media.fs.hfsplus;

/// A volume that macOS itself wrote.
class HfsPlusByMacTest extends HfsPlusContract {
  HfsPlusByMacTest() {
    super("hfsplus-dfvfs");
  }
}
