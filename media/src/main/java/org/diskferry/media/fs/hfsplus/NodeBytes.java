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

  /// Whether bytes `[from, to)` could be read.
  boolean isWhole(int from, int to) {
    int next = lost.isEmpty() ? -1 : lost.nextSetBit(from / SECTOR);
    return next < 0 || next * SECTOR >= to;
  }

  /// That bytes `[from, to)` are there and could be read.
  ///
  /// @throws MediaException `UNREADABLE` where one of them could not
  void check(int from, int to) throws MediaException {
    if (to > size()) {
      throw MediaException.damaged("bytes %d to %d of a node of %d".formatted(from, to, size()));
    }
    if (!isWhole(from, to)) {
      throw new MediaException(Trouble.UNREADABLE, reason);
    }
  }
}
