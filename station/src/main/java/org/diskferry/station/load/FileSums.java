package org.diskferry.station.load;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.diskferry.station.Digests;
import org.diskferry.station.journal.BlockSums;

/// The sums of one file, taken as its bytes pass in order: MD5, CRC32C, CRC32C of each MiB.
final class FileSums {
  private static final int FIRST_BLOCKS = 4;

  private final MessageDigest md5 = Digests.md5();
  private final CRC32C whole = new CRC32C();
  private final CRC32C block = new CRC32C();
  private int[] blocks = new int[FIRST_BLOCKS];
  private int count;
  private int inBlock;
  private long bytes;

  /// Takes in the next bytes; consumes them.
  void update(ByteBuffer next) {
    bytes += next.remaining();
    md5.update(next.duplicate());
    whole.update(next.duplicate());
    while (next.hasRemaining()) {
      int length = Math.min(next.remaining(), BlockSums.BLOCK - inBlock);
      block.update(next.slice(next.position(), length));
      next.position(next.position() + length);
      inBlock += length;
      if (inBlock == BlockSums.BLOCK) {
        endBlock();
      }
    }
  }

  private void endBlock() {
    if (count == blocks.length) {
      blocks = Arrays.copyOf(blocks, count * 2);
    }
    blocks[count++] = (int) block.getValue();
    block.reset();
    inBlock = 0;
  }

  /// Bytes so far.
  long bytes() {
    return bytes;
  }

  /// Sum of a whole block that has passed.
  long blockAt(int index) {
    if (index >= count) {
      throw new IndexOutOfBoundsException("block " + index + " has not passed");
    }
    return Integer.toUnsignedLong(blocks[index]);
  }

  int blocksPassed() {
    return count;
  }

  /// The last block may be short: nothing may follow this.
  void end() {
    if (inBlock > 0) {
      endBlock();
    }
  }

  String md5() {
    return HexFormat.of().formatHex(md5.digest());
  }

  long crc32c() {
    return whole.getValue();
  }

  BlockSums blocks() {
    return BlockSums.of(blocks, count);
  }
}
