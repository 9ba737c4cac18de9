package org.diskferry.media.fs.hfsplus;

/// Blocks that lie in one piece.
///
/// @param start first block on the volume
/// @param count blocks
record BlockRun(long start, long count) {

  long end() {
    return start + count;
  }
}
