package org.diskferry.station.load;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.ContentReader;
import org.diskferry.station.Digests;
import org.diskferry.store.Body;

/// A file, or a part of one, in memory on its way to the store. Closing gives the memory back.
final class Cargo implements Body, AutoCloseable {
  private final Slabs pool;
  private final List<byte[]> slabs;
  private final int size;

  private Cargo(Slabs pool, List<byte[]> slabs, int size) {
    this.pool = pool;
    this.slabs = slabs;
    this.size = size;
  }

  /// Room for `size` bytes; waits until there is.
  static Cargo of(int size, Slabs pool) {
    return new Cargo(pool, pool.take(Slabs.countFor(size)), size);
  }

  /// The same memory in two halves of equal size, each to be closed by itself instead of this.
  Cargo[] halves() {
    int middle = slabs.size() / 2;
    int half = middle * Slabs.BYTES;
    return new Cargo[] {
      new Cargo(pool, slabs.subList(0, middle), half),
      new Cargo(pool, slabs.subList(middle, slabs.size()), size - half)
    };
  }

  /// The same memory, of which the first `length` bytes count; to be closed instead of this.
  Cargo limited(int length) {
    return new Cargo(pool, slabs, length);
  }

  /// Fills all of it from byte `position` of a file on. On the reader's thread.
  void load(ContentReader content, long position) throws MediaException {
    for (int start = 0; start < size; start += Slabs.BYTES) {
      content.read(position + start, slice(start));
    }
  }

  private ByteBuffer slice(int start) {
    return ByteBuffer.wrap(slabs.get(start / Slabs.BYTES), 0, lengthAt(start));
  }

  private int lengthAt(int start) {
    return Math.min(Slabs.BYTES, size - start);
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void read(long position, ByteBuffer target) {
    int at = Math.toIntExact(position);
    while (target.hasRemaining()) {
      int offset = at % Slabs.BYTES;
      int length = Math.min(target.remaining(), Slabs.BYTES - offset);
      target.put(slabs.get(at / Slabs.BYTES), offset, length);
      at += length;
    }
  }

  /// The first bytes, at most `count`.
  ByteBuffer head(int count) {
    return size == 0
        ? ByteBuffer.allocate(0)
        : ByteBuffer.wrap(slabs.getFirst(), 0, Math.min(count, size));
  }

  void addTo(FileSums sums) {
    for (int start = 0; start < size; start += Slabs.BYTES) {
      sums.update(slice(start));
    }
  }

  void addTo(CRC32C crc) {
    for (int start = 0; start < size; start += Slabs.BYTES) {
      crc.update(slice(start));
    }
  }

  long crc32c() {
    CRC32C crc = new CRC32C();
    addTo(crc);
    return crc.getValue();
  }

  void addTo(MessageDigest digest) {
    for (int start = 0; start < size; start += Slabs.BYTES) {
      digest.update(slice(start));
    }
  }

  String md5() {
    MessageDigest md5 = Digests.md5();
    addTo(md5);
    return HexFormat.of().formatHex(md5.digest());
  }

  @Override
  public void close() {
    pool.give(slabs);
  }
}
