package org.diskferry.media.fs.ext;

/// Blocks of a file that lie in one piece.
///
/// @param logical first block within the file
/// @param physical first block on the volume
/// @param count blocks
/// @param isWritten false for what was reserved only and reads as zeros
record Run(long logical, long physical, long count, boolean isWritten) {

  long logicalEnd() {
    return logical + count;
  }
}
