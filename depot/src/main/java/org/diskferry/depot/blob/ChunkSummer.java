package org.diskferry.depot.blob;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// Computes [ChunkSums] as the bytes pass by.
final class ChunkSummer {
  private final CRC32C crc = new CRC32C();
  private final ByteBuffer sums;
  private long left;
  private int chunkLeft;

  ChunkSummer(long length) {
    left = length;
    sums = ByteBuffer.allocate(Math.toIntExact(4 * ChunkSums.chunks(length)));
    chunkLeft = nextChunk();
  }

  void update(byte[] bytes, int from, int count) {
    int at = from;
    int rest = count;
    while (rest > 0) {
      int step = Math.min(rest, chunkLeft);
      crc.update(bytes, at, step);
      at += step;
      rest -= step;
      chunkLeft -= step;
      left -= step;
      endChunk();
    }
  }

  ChunkSums sums() {
    if (left != 0) {
      throw new IllegalStateException(left + " bytes of the blob were not seen");
    }
    return ChunkSums.of(sums.array());
  }

  private void endChunk() {
    if (chunkLeft == 0) {
      sums.putInt((int) crc.getValue());
      crc.reset();
      chunkLeft = nextChunk();
    }
  }

  private int nextChunk() {
    return Math.toIntExact(Math.min(left, ChunkSums.CHUNK));
  }
}
