package org.diskferry.media.fs.ntfs;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.diskferry.media.MediaException;

/// Content that is unpacked in chunks of one size, readable at any position: a few chunks are kept.
/// May be read by several threads: they take turns.
final class Chunks {
  /// Enough that a reader whose pieces are no multiple of a chunk unpacks none twice.
  private static final int KEPT = 4;

  /// Knows how to get at the plain bytes.
  @FunctionalInterface
  interface Unpacker {
    /// All bytes of chunk `index`.
    byte[] chunk(long index) throws MediaException;
  }

  private final int chunkBytes;
  private final Unpacker unpacker;
  private final Map<Long, byte[]> kept =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
          return size() > KEPT;
        }
      };

  Chunks(int chunkBytes, Unpacker unpacker) {
    this.chunkBytes = chunkBytes;
    this.unpacker = unpacker;
  }

  /// Fills `target` from `position` on.
  synchronized void read(long position, ByteBuffer target) throws MediaException {
    long at = position;
    while (target.hasRemaining()) {
      int offset = (int) (at % chunkBytes);
      int length = Math.min(target.remaining(), chunkBytes - offset);
      target.put(chunk(at / chunkBytes), offset, length);
      at += length;
    }
  }

  private byte[] chunk(long index) throws MediaException {
    byte[] plain = kept.get(index);
    if (plain == null) {
      plain = unpacker.chunk(index);
      kept.put(index, plain);
    }
    return plain;
  }
}
