package org.diskferry.media.crypt;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockDevice;

/// The data of an encrypted volume that is being filled: what is written is encrypted on its way.
/// Whole data units may be written by several threads, each its own; closing wipes the keys and
/// leaves the host open.
public final class XtsDevice implements BlockDevice {
  private static final int UNIT = XtsStage.UNIT;

  /// Bytes that are encrypted at once.
  private static final int STEP = 256 << 10;

  private final BlockDevice host;
  private final long start;
  private final XtsKeys keys;
  private final XtsSource reading;

  /// Bytes `[start, start + size)` of `host`, both whole data units.
  XtsDevice(BlockDevice host, long start, long size, int sectorSize, XtsKeys keys) {
    this.host = host;
    this.start = start;
    this.keys = keys;
    this.reading = new XtsSource(host, start, size, sectorSize, keys);
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

  /// Writes; where a data unit is written in part, the rest of it is read first.
  @Override
  public void write(long offset, ByteBuffer source) throws MediaException {
    Objects.checkFromIndexSize(offset, (long) source.remaining(), size());
    long at = offset;
    while (source.hasRemaining()) {
      at += writeSome(at, source);
    }
  }

  private int writeSome(long at, ByteBuffer source) throws MediaException {
    int head = (int) (at % UNIT);
    int count = Math.min(source.remaining(), STEP - head);
    int length = (head + count + UNIT - 1) / UNIT * UNIT;
    byte[] units = new byte[length];
    long from = at - head;
    if (head != 0) {
      reading.read(from, ByteBuffer.wrap(units, 0, UNIT));
    }
    boolean tail = (head + count) % UNIT != 0;
    if (tail && (head == 0 || length > UNIT)) {
      reading.read(from + length - UNIT, ByteBuffer.wrap(units, length - UNIT, UNIT));
    }
    source.get(units, head, count);
    encrypt(from, units);
    host.write(start + from, ByteBuffer.wrap(units));
    return count;
  }

  private void encrypt(long from, byte[] units) throws MediaException {
    XtsKeys.Pair ciphers = keys.borrow();
    try {
      ciphers.encryption().transform((start + from) / UNIT, units, 0, units.length);
    } finally {
      keys.giveBack(ciphers);
    }
  }

  /// Writes zeros that are encrypted: the host does not read zero afterwards.
  @Override
  public void zero(long offset, long length) throws MediaException {
    Objects.checkFromIndexSize(offset, length, size());
    byte[] zeros = new byte[(int) Math.min(STEP, length)];
    for (long done = 0; done < length; done += zeros.length) {
      Arrays.fill(zeros, (byte) 0);
      write(offset + done, ByteBuffer.wrap(zeros, 0, (int) Math.min(STEP, length - done)));
    }
  }

  @Override
  public void force() throws MediaException {
    host.force();
  }

  @Override
  public boolean dropCache() throws MediaException {
    return host.dropCache();
  }

  @Override
  public void close() {
    keys.close();
  }
}
