package org.diskferry.media.fs.hfsplus;

/// Where the volume's blocks lie.
///
/// @param base first byte of the volume in its partition; 0 unless it is wrapped
/// @param blockSize bytes of a block
/// @param blocks of the volume
record Space(long base, int blockSize, long blocks) {

  boolean holds(BlockRun run) {
    return run.end() <= blocks;
  }

  /// First byte of `block` in the partition.
  long place(long block) {
    return base + block * blockSize;
  }

  long bytes() {
    return blocks * blockSize;
  }
}
