package org.diskferry.media.testing;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.BlockSource;

/// Bytes in memory as a medium.
public final class MemorySource implements BlockSource {
  private final byte[] bytes;
  private volatile boolean closed;

  /// `bytes`, not copied: a test may change them.
  public MemorySource(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public int sectorSize() {
    return 512;
  }

  @Override
  public void read(long offset, ByteBuffer target) throws MediaException {
    Objects.checkFromIndexSize(offset, (long) target.remaining(), bytes.length);
    if (closed) {
      throw new MediaException(Trouble.GONE, "the memory was closed");
    }
    target.put(bytes, (int) offset, target.remaining());
  }

  @Override
  public void close() {
    closed = true;
  }
}
