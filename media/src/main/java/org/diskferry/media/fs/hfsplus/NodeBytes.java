package org.diskferry.media.fs.hfsplus;

import java.nio.ByteBuffer;
import java.util.BitSet;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;

/// The bytes of a node, as many of them as could be read.
///
/// @param lost sectors of [#SECTOR] bytes that could not be
/// @param reason why, for the last of them; empty where all could
record NodeBytes(ByteBuffer bytes, BitSet lost, String reason) {
  /// The smallest sector that a medium has.
  static final int SECTOR = 512;

  /// Of a node that could be read.
  static NodeBytes whole(ByteBuffer bytes) {
    return new NodeBytes(bytes, new BitSet(), "");
  }

  int size() {
    return bytes.capacity();
  }

  boolean isWhole() {
    return lost.isEmpty();
  }

  /// That bytes `[from, to)` could be read.
  ///
  /// @throws MediaException `UNREADABLE` where one of them could not
  void check(int from, int to) throws MediaException {
    int next = lost.isEmpty() ? -1 : lost.nextSetBit(from / SECTOR);
    if (next >= 0 && next * SECTOR < to) {
      throw new MediaException(Trouble.UNREADABLE, reason);
    }
  }
}
