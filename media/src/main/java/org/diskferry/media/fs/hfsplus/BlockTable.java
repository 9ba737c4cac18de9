package org.diskferry.media.fs.hfsplus;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.ContentReader;

/// The blocks of a compressed file in its resource fork.
///
/// | offset | bytes | field |
/// |---|---|---|
/// | 0 | 4 | where the resources begin, big-endian as all of the fork's own |
/// | there + 4 | 4 | number of blocks, little-endian as what follows |
/// | there + 8 | 8 each | a block: offset from there + 4, bytes |
final class BlockTable implements CompressedContent.Stored {
  static final int BLOCK = 1 << 16;

  /// A block that grew is stored as it is, behind one byte.
  private static final int MOST_STORED = 2 * BLOCK;

  private static final int ENTRY = 8;

  private final ContentReader fork;
  private final long start;

  private BlockTable(ContentReader fork, long start) {
    this.fork = fork;
    this.start = start;
  }

  /// The table in `fork`, which must be that of a file of `size` bytes.
  static BlockTable open(ContentReader fork, long size) throws MediaException {
    if (fork.size() < Integer.BYTES) {
      throw MediaException.damaged(
          "its compressed data is missing: a resource fork of " + fork.size() + " bytes");
    }
    long start = Integer.toUnsignedLong(read(fork, 0, Integer.BYTES).getInt(0)) + Integer.BYTES;
    long needed = Math.ceilDiv(size, (long) BLOCK);
    if (start > fork.size() - Integer.BYTES
        || needed > (fork.size() - start - Integer.BYTES) / ENTRY) {
      throw MediaException.damaged(
          "its resource fork of %d bytes has no room for %d compressed blocks"
              .formatted(fork.size(), needed));
    }
    long count = Integer.toUnsignedLong(littleEndian(fork, start, Integer.BYTES).getInt(0));
    if (count != needed) {
      throw MediaException.damaged(
          "%d compressed blocks, and %d are needed".formatted(count, needed));
    }
    return new BlockTable(fork, start);
  }

  @Override
  public byte[] block(long index) throws MediaException {
    ByteBuffer entry = littleEndian(fork, start + Integer.BYTES + index * ENTRY, ENTRY);
    long at = start + Integer.toUnsignedLong(entry.getInt(0));
    long length = Integer.toUnsignedLong(entry.getInt(4));
    if (length > MOST_STORED || at > fork.size() - length) {
      throw MediaException.damaged(
          "compressed block %d: %d bytes at %d of a resource fork of %d"
              .formatted(index, length, at, fork.size()));
    }
    return read(fork, at, (int) length).array();
  }

  private static ByteBuffer littleEndian(ContentReader fork, long at, int length)
      throws MediaException {
    return read(fork, at, length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer read(ContentReader fork, long at, int length) throws MediaException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    fork.read(at, bytes);
    return bytes.flip();
  }
}
