package org.diskferry.station.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32C;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.ContentReader;
import org.diskferry.station.Digests;
import org.diskferry.station.journal.BlockSums;
import org.diskferry.store.Body;
import org.jspecify.annotations.Nullable;

/// A range of a file that is too large for memory: read from the device as it is sent, one block
/// ahead.
///
/// What passes for the first time goes into the file's sums; what is read again, for a retry, must
/// have the sum that it had, else the device does not give the same bytes twice and the file is not
/// stored. A failing device is an [IOException] with the [MediaException] as its cause. Closing
/// gives the memory back.
final class StreamBody implements Body, AutoCloseable {
  private static final int BLOCK = BlockSums.BLOCK;

  /// Two blocks: one being sent, one being read.
  static final int WINDOW_BYTES = 2 * BLOCK;

  private final DeviceReader reader;
  private final ContentReader content;
  private final long address;
  private final long start;
  private final long size;
  private final FileSums sums;
  private final Checkpoint checkpoint;
  private final CRC32C crc = new CRC32C();
  private final MessageDigest md5 = Digests.md5();
  private final Cargo[] buffers;
  private int current = -1;
  private int ahead = -1;
  private @Nullable CompletableFuture<Cargo> coming;
  private int passed;

  /// Bytes `[start, start + size)` of `content`, whose first block is the next that `sums` expects
  /// or one that it has had. `checkpoint` runs before every block and may throw to stop.
  StreamBody(
      DeviceReader reader,
      ContentReader content,
      long address,
      long start,
      long size,
      FileSums sums,
      Slabs slabs,
      Checkpoint checkpoint) {
    this.reader = reader;
    this.content = content;
    this.address = address;
    this.start = start;
    this.size = size;
    this.sums = sums;
    this.checkpoint = checkpoint;
    this.buffers = Window.of(size, slabs);
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void read(long position, ByteBuffer target) throws IOException {
    long at = position;
    int end = target.limit();
    while (target.hasRemaining()) {
      int block = Math.toIntExact(at / BLOCK);
      Cargo cargo = block(block);
      int offset = (int) (at % BLOCK);
      int length = (int) Math.min(end - target.position(), cargo.size() - offset);
      target.limit(target.position() + length);
      cargo.read(offset, target);
      target.limit(end);
      at += length;
    }
  }

  /// The first bytes of the range, at most `count`.
  ByteBuffer head(int count) throws IOException {
    return block(0).head(count);
  }

  /// Reads all of it without sending it.
  void drain() throws IOException {
    for (int block = 0; (long) block * BLOCK < size; block++) {
      block(block);
    }
  }

  /// CRC32C of the range, which has passed wholly.
  long crc32c() {
    if ((long) passed * BLOCK < size) {
      throw new IllegalStateException("only " + passed + " blocks have passed");
    }
    return crc.getValue();
  }

  /// Asked before each block, with about as many bytes as it has.
  @FunctionalInterface
  interface Checkpoint {
    /// Throws to stop.
    void pass(long bytes) throws IOException;
  }

  private Cargo block(int block) throws IOException {
    if (block != current) {
      checkpoint.pass(buffers[block % buffers.length].size());
      Cargo cargo = arrival(block);
      pass(block, cargo);
      current = block;
      ask(block + 1);
    }
    return buffers[block % buffers.length];
  }

  /// MD5 of the range in hex, which has passed wholly; once.
  String md5() {
    return HexFormat.of().formatHex(md5.digest());
  }

  private Cargo arrival(int block) throws IOException {
    if (coming == null || ahead != block) {
      settle();
      ask(block);
    }
    CompletableFuture<Cargo> asked = coming;
    coming = null;
    if (asked == null) {
      throw new IllegalArgumentException("block " + block + " is beyond " + size);
    }
    try {
      return DeviceReader.answer(asked);
    } catch (MediaException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  // The reader may still be writing into a buffer that is wanted for something else.
  private void settle() {
    CompletableFuture<Cargo> asked = coming;
    if (asked != null) {
      asked.handle((cargo, failure) -> true).join();
      coming = null;
    }
  }

  private void ask(int block) {
    long from = (long) block * BLOCK;
    if (from >= size) {
      return;
    }
    Cargo whole = buffers[block % buffers.length];
    long length = Math.min(BLOCK, size - from);
    Cargo cargo = whole.limited((int) length);
    buffers[block % buffers.length] = cargo;
    ahead = block;
    coming =
        reader.ask(
            address + start + from,
            () -> {
              cargo.load(content, start + from);
              return cargo;
            });
  }

  private void pass(int block, Cargo cargo) throws IOException {
    if (block > passed) {
      throw new IllegalStateException("block " + block + " was asked for before " + passed);
    }
    long fileBlock = start / BLOCK + block;
    if (block == passed) {
      passed++;
      cargo.addTo(crc);
      cargo.addTo(md5);
    }
    if (fileBlock * BLOCK == sums.bytes()) {
      cargo.addTo(sums);
    } else if (fileBlock < sums.blocksPassed()
        && cargo.crc32c() != sums.blockAt(Math.toIntExact(fileBlock))) {
      long byteAt = fileBlock * BLOCK;
      MediaException differs =
          MediaException.damaged("byte " + byteAt + ": a second reading gives other bytes");
      throw new IOException(differs.getMessage(), differs);
    }
  }

  @Override
  public void close() {
    settle();
    for (Cargo buffer : buffers) {
      buffer.close();
    }
  }

  /// The buffers of a stream, taken at once.
  private static final class Window {
    static Cargo[] of(long size, Slabs slabs) {
      if (size <= BLOCK) {
        return new Cargo[] {Cargo.of((int) size, slabs)};
      }
      Cargo both = Cargo.of(WINDOW_BYTES, slabs);
      return both.halves();
    }
  }
}
