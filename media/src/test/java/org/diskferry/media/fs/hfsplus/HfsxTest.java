package org.diskferry.media.fs.hfsplus;

/// Names that differ in case only; blocks of 1 KiB.
class HfsxTest extends HfsPlusContract {
  HfsxTest() {
    super("hfsx");
  }
}
