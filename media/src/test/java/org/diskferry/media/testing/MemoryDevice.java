package org.diskferry.media.testing;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.BlockDevice;

/// Bytes in memory as a medium that may be written.
public final class MemoryDevice implements BlockDevice {
  private final byte[] bytes;
  private final int sectorSize;
  private volatile boolean closed;

  /// `bytes`, not copied: a test may change them, and look at them.
  public MemoryDevice(byte[] bytes, int sectorSize) {
    this.bytes = bytes;
    this.sectorSize = sectorSize;
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public int sectorSize() {
    return sectorSize;
  }

  @Override
  public void read(long offset, ByteBuffer target) throws MediaException {
    require(offset, target.remaining());
    target.put(bytes, (int) offset, target.remaining());
  }

  @Override
  public void write(long offset, ByteBuffer source) throws MediaException {
    require(offset, source.remaining());
    source.get(bytes, (int) offset, source.remaining());
  }

  @Override
  public void zero(long offset, long length) throws MediaException {
    require(offset, length);
    Arrays.fill(bytes, (int) offset, (int) (offset + length), (byte) 0);
  }

  private void require(long offset, long length) throws MediaException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (closed) {
      throw new MediaException(Trouble.GONE, "the memory was closed");
    }
  }

  @Override
  public void force() throws MediaException {
    require(0, 0);
  }

  @Override
  public boolean dropCache() throws MediaException {
    require(0, 0);
    return true;
  }

  @Override
  public void close() {
    closed = true;
  }
}
