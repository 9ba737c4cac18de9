package org.diskferry.media.crypt;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;

/// The data of an encrypted volume, decrypted as it is read. Closing it leaves its host open.
final class XtsSource implements BlockSource {
  private static final int UNIT = XtsStage.UNIT;

  /// Bytes that are decrypted at once where the target does not lie in an array.
  private static final int STEP = 256 << 10;

  private final BlockSource host;
  private final long start;
  private final long size;
  private final int sectorSize;
  private final XtsKeys keys;

  /// Bytes `[start, start + size)` of `host`, both whole data units.
  XtsSource(BlockSource host, long start, long size, int sectorSize, XtsKeys keys) {
    Objects.checkFromIndexSize(start, size, host.size());
    this.host = host;
    this.start = start;
    this.size = size;
    this.sectorSize = sectorSize;
    this.keys = keys;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int sectorSize() {
    return sectorSize;
  }

  @Override
  public void read(long offset, ByteBuffer target) throws MediaException {
    Objects.checkFromIndexSize(offset, (long) target.remaining(), size);
    XtsKeys.Pair ciphers = keys.borrow();
    try {
      long at = offset;
      while (target.hasRemaining()) {
        boolean whole = at % UNIT == 0 && target.remaining() >= UNIT && target.hasArray();
        at += whole ? readInPlace(at, target, ciphers) : readAside(at, target, ciphers);
      }
    } finally {
      keys.giveBack(ciphers);
    }
  }

  // Whole units go where they belong and are decrypted there.
  private int readInPlace(long at, ByteBuffer target, XtsKeys.Pair ciphers) throws MediaException {
    int begin = target.position();
    int length = target.remaining() / UNIT * UNIT;
    host.read(start + at, target.slice(begin, length));
    ciphers.decryption().transform(unit(at), target.array(), target.arrayOffset() + begin, length);
    target.position(begin + length);
    return length;
  }

  private int readAside(long at, ByteBuffer target, XtsKeys.Pair ciphers) throws MediaException {
    int skipped = (int) (at % UNIT);
    long wanted = (long) skipped + target.remaining();
    int length = (int) Math.min(STEP, (wanted + UNIT - 1) / UNIT * UNIT);
    byte[] units = new byte[length];
    host.read(start + at - skipped, ByteBuffer.wrap(units));
    ciphers.decryption().transform(unit(at), units, 0, length);
    int count = (int) Math.min(wanted, length) - skipped;
    target.put(units, skipped, count);
    return count;
  }

  /// Units are counted from the host's first byte, not from the volume's.
  private long unit(long at) {
    return (start + at) / UNIT;
  }

  @Override
  public void close() {
    keys.close();
  }
}
