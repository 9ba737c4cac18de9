package org.diskferry.media.testing;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.BlockSource;

/// A medium that fails on purpose: at places, at the n-th read, or for good.
public final class FaultyBlockSource implements BlockSource {
  private static final long NEVER = Long.MAX_VALUE;

  private record Bad(long from, long to) {}

  private final BlockSource sound;
  private final List<Bad> bad = new CopyOnWriteArrayList<>();
  private final AtomicLong reads = new AtomicLong();
  private volatile long failingRead = NEVER;
  private volatile long lastRead = NEVER;

  /// `sound`, with no fault yet.
  public FaultyBlockSource(BlockSource sound) {
    this.sound = sound;
  }

  /// From now on every read that touches `[from, from + length)` is `UNREADABLE`.
  public FaultyBlockSource failAt(long from, long length) {
    bad.add(new Bad(from, from + length));
    return this;
  }

  /// The read number `n` (the first is 1) is `UNREADABLE`, all others are sound.
  public FaultyBlockSource failRead(long n) {
    failingRead = n;
    return this;
  }

  /// After `n` reads the device is gone.
  public FaultyBlockSource vanishAfter(long n) {
    lastRead = n;
    return this;
  }

  /// Reads so far, failed ones too.
  public long reads() {
    return reads.get();
  }

  @Override
  public long size() {
    return sound.size();
  }

  @Override
  public int sectorSize() {
    return sound.sectorSize();
  }

  @Override
  public void read(long offset, ByteBuffer target) throws MediaException {
    Objects.checkFromIndexSize(offset, (long) target.remaining(), size());
    long number = reads.incrementAndGet();
    if (number > lastRead) {
      throw new MediaException(Trouble.GONE, "byte " + offset + ": the device is gone");
    }
    if (number == failingRead || touchesBad(offset, offset + target.remaining())) {
      throw new MediaException(Trouble.UNREADABLE, "byte " + offset + ": unreadable");
    }
    sound.read(offset, target);
  }

  private boolean touchesBad(long from, long to) {
    return bad.stream().anyMatch(range -> range.from() < to && from < range.to());
  }

  @Override
  public void close() {
    sound.close();
  }
}
