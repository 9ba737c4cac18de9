package org.diskferry.media.fs.hfsplus;

/// A journal with nothing in it.
class HfsPlusJournaledTest extends HfsPlusContract {
  HfsPlusJournaledTest() {
    super("hfsplus-journaled");
  }
}
