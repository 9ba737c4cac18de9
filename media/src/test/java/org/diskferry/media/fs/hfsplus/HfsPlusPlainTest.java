package org.diskferry.media.fs.hfsplus;

/// Blocks and names of all kinds, resource forks, links, a deleted directory.
class HfsPlusPlainTest extends HfsPlusContract {
  HfsPlusPlainTest() {
    super("hfsplus-plain");
  }
}
