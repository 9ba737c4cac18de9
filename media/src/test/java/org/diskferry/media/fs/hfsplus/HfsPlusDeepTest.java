package org.diskferry.media.fs.hfsplus;

/// A catalogue of four levels in more than eight pieces, and a file in hundreds.
class HfsPlusDeepTest extends HfsPlusContract {
  HfsPlusDeepTest() {
    super("hfsplus-deep");
  }

  @Override
  protected int thrift() {
    return 10;
  }
}
