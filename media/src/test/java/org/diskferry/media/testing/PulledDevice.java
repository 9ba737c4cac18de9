package org.diskferry.media.testing;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.BlockDevice;

/// A device that is gone after so many writes.
public final class PulledDevice implements BlockDevice {
  private final BlockDevice device;
  private final long most;
  private final AtomicLong writes = new AtomicLong();

  /// Gone after `most` writes.
  public PulledDevice(BlockDevice device, long most) {
    this.device = device;
    this.most = most;
  }

  /// Writes so far.
  public long writes() {
    return writes.get();
  }

  private void require() throws MediaException {
    if (writes.get() > most) {
      throw new MediaException(Trouble.GONE, "the device was pulled");
    }
  }

  @Override
  public void write(long offset, ByteBuffer source) throws MediaException {
    writes.incrementAndGet();
    require();
    device.write(offset, source);
  }

  @Override
  public void zero(long offset, long length) throws MediaException {
    writes.incrementAndGet();
    require();
    device.zero(offset, length);
  }

  @Override
  public void force() throws MediaException {
    require();
    device.force();
  }

  @Override
  public boolean dropCache() throws MediaException {
    require();
    return device.dropCache();
  }

  @Override
  public long size() {
    return device.size();
  }

  @Override
  public int sectorSize() {
    return device.sectorSize();
  }

  @Override
  public void read(long offset, ByteBuffer target) throws MediaException {
    require();
    device.read(offset, target);
  }

  @Override
  public void close() {
    device.close();
  }
}
