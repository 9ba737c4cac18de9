package org.diskferry.bench.xts;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.diskferry.media.block.BlockDevice;

/// A medium that costs no more than a copy.
final class MemoryDevice implements BlockDevice {
  private static final int SECTOR = 512;

  private final byte[] bytes;

  MemoryDevice(int size) {
    bytes = new byte[size];
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public int sectorSize() {
    return SECTOR;
  }

  @Override
  public void read(long offset, ByteBuffer target) {
    int at = Objects.checkFromIndexSize(Math.toIntExact(offset), target.remaining(), bytes.length);
    target.put(bytes, at, target.remaining());
  }

  @Override
  public void write(long offset, ByteBuffer source) {
    int length = source.remaining();
    source.get(
        bytes, Objects.checkFromIndexSize(Math.toIntExact(offset), length, bytes.length), length);
  }

  @Override
  public void zero(long offset, long length) {
    Arrays.fill(
        bytes, Math.toIntExact(offset), Math.toIntExact(Math.addExact(offset, length)), (byte) 0);
  }

  @Override
  public void force() {
    // Memory is as durable as it gets.
  }

  @Override
  public boolean dropCache() {
    return true;
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
