package org.diskferry.media.block;

import java.nio.ByteBuffer;
import java.util.function.LongSupplier;
import org.diskferry.media.MediaException;

/// A device that is read with patience, as [RescuingSource] says, and written as it is. A sector
/// that was written may have been replaced by the drive, and is asked for anew.
public final class RescuingDevice implements BlockDevice {
  private final BlockDevice device;
  private final RescuingSource reading;

  /// Over `device`; `nanos` is a clock that only runs forwards.
  public RescuingDevice(BlockDevice device, RescueLimits limits, LongSupplier nanos) {
    this.device = device;
    this.reading = new RescuingSource(device, limits, nanos);
  }

  /// What could not be read so far.
  public BadSectors bad() {
    return reading.bad();
  }

  /// Forgets what was bad, for a fresh start: a cable may have been mended. What the failing reads
  /// have cost so far stays on the account.
  public void hope() {
    reading.bad().clear();
  }

  /// Whether failing reads are left for later instead of being narrowed down now.
  public void putOff(boolean later) {
    reading.putOff(later);
  }

  @Override
  public long size() {
    return reading.size();
  }

  @Override
  public int sectorSize() {
    return reading.sectorSize();
  }

  @Override
  public void read(long offset, ByteBuffer target) throws MediaException {
    reading.read(offset, target);
  }

  @Override
  public void write(long offset, ByteBuffer source) throws MediaException {
    long end = offset + source.remaining();
    device.write(offset, source);
    reading.bad().remove(offset, end);
  }

  @Override
  public void zero(long offset, long length) throws MediaException {
    device.zero(offset, length);
    reading.bad().remove(offset, offset + length);
  }

  @Override
  public void force() throws MediaException {
    device.force();
  }

  @Override
  public boolean dropCache() throws MediaException {
    return device.dropCache();
  }

  @Override
  public void close() {
    device.close();
  }
}
