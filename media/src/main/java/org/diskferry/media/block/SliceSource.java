package org.diskferry.media.block;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.diskferry.media.MediaException;

/// A contiguous part of another source: a partition. Closing it leaves the whole open.
public final class SliceSource implements BlockSource {
  private final BlockSource whole;
  private final long start;
  private final long size;

  /// Bytes `[start, start + size)` of `whole`.
  public SliceSource(BlockSource whole, long start, long size) {
    Objects.checkFromIndexSize(start, size, whole.size());
    this.whole = whole;
    this.start = start;
    this.size = size;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int sectorSize() {
    return whole.sectorSize();
  }

  @Override
  public void read(long offset, ByteBuffer target) throws MediaException {
    Objects.checkFromIndexSize(offset, (long) target.remaining(), size);
    whole.read(start + offset, target);
  }

  @Override
  public void close() {}
}
