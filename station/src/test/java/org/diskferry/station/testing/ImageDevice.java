package org.diskferry.station.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.BlockDevice;

/// An image, with the faults that a test wants: bad places, a read that fails, a device that
/// vanishes.
public final class ImageDevice implements BlockDevice {
  private static final int SECTOR = 512;

  private final FileChannel channel;
  private final long size;
  private final AtomicLong reads = new AtomicLong();
  private final ConcurrentHashMap<Thread, Integer> readers = new ConcurrentHashMap<>();
  private volatile long failingRead = -1;
  private volatile long lastRead = Long.MAX_VALUE;
  private final List<long[]> bad = new CopyOnWriteArrayList<>();
  private final List<long[]> answers = new CopyOnWriteArrayList<>();

  private ImageDevice(FileChannel channel, long size) {
    this.channel = channel;
    this.size = size;
  }

  /// Opens it for reading and writing.
  public static ImageDevice open(Path image) throws IOException {
    FileChannel channel =
        FileChannel.open(image, StandardOpenOption.READ, StandardOpenOption.WRITE);
    return new ImageDevice(channel, channel.size());
  }

  /// The read number `n` from now on fails once.
  public void failRead(long n) {
    failingRead = reads.get() + n;
  }

  /// After `n` more reads the device is gone.
  public void vanishAfter(long n) {
    lastRead = reads.get() + n;
  }

  /// It is back, and nothing fails any more.
  public void heal() {
    failingRead = -1;
    lastRead = Long.MAX_VALUE;
    bad.clear();
  }

  /// Every read that touches these bytes fails.
  public void failAt(long from, long length) {
    bad.add(new long[] {from, from + length});
  }

  /// Whether no bad place failed twice before these bytes were read.
  public boolean readBeforeRetries(long from, long length) {
    Set<Long> failed = new HashSet<>();
    for (long[] answer : answers) {
      if (answer[0] <= from && from + length <= answer[1]) {
        return true;
      }
      for (long[] range : bad) {
        boolean hit = answer[2] == 1 && answer[0] < range[1] && range[0] < answer[1];
        if (hit && !failed.add(range[0])) {
          return false;
        }
      }
    }
    return false;
  }

  /// Reads so far.
  public long reads() {
    return reads.get();
  }

  /// Inverts one byte.
  public void flip(long position) throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    channel.read(one, position);
    one.put(0, (byte) ~one.get(0)).flip();
    channel.write(one, position);
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int sectorSize() {
    return SECTOR;
  }

  @Override
  public void read(long offset, ByteBuffer target) throws MediaException {
    Objects.checkFromIndexSize(offset, (long) target.remaining(), size);
    readers.put(Thread.currentThread(), 1);
    long number = reads.incrementAndGet();
    if (number > lastRead) {
      throw new MediaException(Trouble.GONE, "byte " + offset + ": the device is gone");
    }
    long end = offset + target.remaining();
    boolean touchesBad = bad.stream().anyMatch(range -> offset < range[1] && range[0] < end);
    if (!bad.isEmpty()) {
      answers.add(new long[] {offset, end, touchesBad ? 1 : 0});
    }
    if (number == failingRead || touchesBad) {
      throw new MediaException(Trouble.UNREADABLE, "byte " + offset + ": unreadable");
    }
    try {
      long at = offset;
      while (target.hasRemaining()) {
        at += channel.read(target, at);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// How many threads have read.
  public int readers() {
    return readers.size();
  }

  @Override
  public void write(long offset, ByteBuffer source) throws MediaException {
    try {
      long at = offset;
      while (source.hasRemaining()) {
        at += channel.write(source, at);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void zero(long offset, long length) throws MediaException {
    ByteBuffer zeros = ByteBuffer.allocate(1 << 16);
    for (long done = 0; done < length; done += zeros.limit()) {
      zeros.clear().limit((int) Math.min(zeros.capacity(), length - done));
      write(offset + done, zeros);
    }
  }

  @Override
  public void force() throws MediaException {
    try {
      channel.force(true);
    } catch (IOException e) {
      throw new MediaException(Trouble.GONE, "cannot be synced", e);
    }
  }

  @Override
  public boolean dropCache() {
    return false;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
