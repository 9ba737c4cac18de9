package org.diskferry.media.fs.hfsplus;

/// Files that macOS compressed by zlib, in attributes and in resource forks.
class HfsPlusCompressedTest extends HfsPlusContract {
  HfsPlusCompressedTest() {
    super("hfsplus-decmpfs");
  }
}
