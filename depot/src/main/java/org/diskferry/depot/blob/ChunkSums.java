package org.diskferry.depot.blob;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// The CRC32C of every chunk of a blob, so that no byte is handed out that was not compared, and no
/// more than a chunk has to be read to hand out one.
public final class ChunkSums {
  /// Bytes in a chunk. A small read costs at most one; a blob of 5 GiB has 80 KiB of sums.
  public static final int CHUNK = 256 * 1024;

  private final byte[] sums;

  private ChunkSums(byte[] sums) {
    this.sums = sums;
  }

  /// As [#bytes] gave them: four bytes a chunk, big-endian.
  public static ChunkSums of(byte[] bytes) {
    return new ChunkSums(bytes.clone());
  }

  /// Of a blob that is in memory.
  static ChunkSums over(byte[] blob, int length) {
    ChunkSummer summer = new ChunkSummer(length);
    summer.update(blob, 0, length);
    return summer.sums();
  }

  /// Four bytes a chunk, big-endian.
  public byte[] bytes() {
    return sums.clone();
  }

  /// Whether these are sums of a blob of so many bytes.
  boolean fit(long length) {
    return sums.length == Math.multiplyExact(4L, chunks(length));
  }

  /// Whether the bytes from position to limit are those of a chunk. Leaves the buffer as it was.
  boolean match(long chunk, ByteBuffer content) {
    CRC32C crc = new CRC32C();
    crc.update(content.duplicate());
    return ByteBuffer.wrap(sums).getInt(Math.toIntExact(4 * chunk)) == (int) crc.getValue();
  }

  static long chunks(long length) {
    return Math.ceilDiv(length, CHUNK);
  }
}
