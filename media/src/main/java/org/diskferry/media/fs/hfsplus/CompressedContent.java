package org.diskferry.media.fs.hfsplus;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.Content;

/// A file that macOS compressed, block by block. Any position can be read; a few blocks are kept
/// expanded. May be read by several threads: they take turns.
final class CompressedContent implements Content.Encoded {
  /// Enough that a reader whose pieces are no multiple of a block expands none twice.
  private static final int KEPT = 4;

  /// Where the stored form of a block comes from.
  @FunctionalInterface
  interface Stored {
    byte[] block(long index) throws MediaException;
  }

  private final long size;
  private final int blockBytes;
  private final Stored stored;
  private final Map<Long, byte[]> kept =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
          return size() > KEPT;
        }
      };

  /// @param blockBytes of each block when expanded, the last excepted
  CompressedContent(long size, int blockBytes, Stored stored) {
    this.size = size;
    this.blockBytes = blockBytes;
    this.stored = stored;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public synchronized void read(long position, ByteBuffer target) throws MediaException {
    Objects.checkFromIndexSize(position, (long) target.remaining(), size);
    long at = position;
    while (target.hasRemaining()) {
      byte[] block = block(at / blockBytes);
      int offset = (int) (at % blockBytes);
      int length = Math.min(target.remaining(), block.length - offset);
      target.put(block, offset, length);
      at += length;
    }
  }

  private byte[] block(long index) throws MediaException {
    byte[] plain = kept.get(index);
    if (plain == null) {
      plain = new byte[(int) Math.min(blockBytes, size - index * blockBytes)];
      Zlib.expand(stored.block(index), plain, "byte " + index * blockBytes + " of the file");
      kept.put(index, plain);
    }
    return plain;
  }
}
