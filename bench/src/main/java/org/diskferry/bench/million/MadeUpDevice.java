package org.diskferry.bench.million;

import java.nio.ByteBuffer;
import org.diskferry.media.block.BlockDevice;

/// Holds their content, and is never written.
record MadeUpDevice(MadeUpFiles files) implements BlockDevice {
  @Override
  public long size() {
    return files.deviceBytes();
  }

  @Override
  public int sectorSize() {
    return 512;
  }

  @Override
  public void read(long offset, ByteBuffer target) {
    MadeUpFiles.fill(offset, target);
  }

  @Override
  public void write(long offset, ByteBuffer source) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void zero(long offset, long length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void force() {}

  @Override
  public boolean dropCache() {
    return false;
  }

  @Override
  public void close() {}
}
