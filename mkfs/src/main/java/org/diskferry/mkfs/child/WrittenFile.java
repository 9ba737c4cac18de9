package org.diskferry.mkfs.child;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.media.block.Extent;
import org.diskferry.mkfs.FilePath;

/// A file between its reservation and its end: where its bytes go, and how many have gone.
final class WrittenFile {
  /// The unit of whole writes: the largest sector there is, and what both file systems count in.
  static final int UNIT = 4096;

  private final FilePath path;
  private final long size;
  private final List<Extent> runs;
  private final byte[] inline;
  private final AtomicLong written = new AtomicLong();

  private WrittenFile(FilePath path, long size, List<Extent> runs, byte[] inline) {
    this.path = path;
    this.size = size;
    this.runs = runs;
    this.inline = inline;
  }

  static WrittenFile outside(FilePath path, long size, List<Extent> runs) {
    return new WrittenFile(path, size, runs, new byte[0]);
  }

  static WrittenFile inline(FilePath path, long size) {
    return new WrittenFile(path, size, List.of(), new byte[Math.toIntExact(size)]);
  }

  FilePath path() {
    return path;
  }

  /// Whether the metadata holds it.
  boolean isInline() {
    return inline.length > 0;
  }

  /// What was written of a file that the metadata holds.
  ByteBuffer content() {
    return ByteBuffer.wrap(inline);
  }

  /// Bytes that have not come yet.
  long missing() {
    return size - written.get();
  }

  void write(BlockDevice medium, long position, ByteBuffer bytes) throws MediaException {
    Objects.checkFromIndexSize(position, (long) bytes.remaining(), size);
    long end = position + bytes.remaining();
    if (position % UNIT != 0 || (end % UNIT != 0 && end != size)) {
      throw new IllegalArgumentException(
          "bytes " + position + " to " + end + " of " + path + " are not whole blocks");
    }
    written.addAndGet(bytes.remaining());
    if (isInline()) {
      bytes.get(inline, (int) position, bytes.remaining());
    } else {
      scatter(medium, position, bytes);
    }
  }

  private void scatter(BlockDevice medium, long position, ByteBuffer bytes) throws MediaException {
    int next = find(position);
    long at = position;
    while (bytes.hasRemaining()) {
      Extent run = runs.get(next);
      long inside = at - run.logical();
      int count = (int) Math.min(bytes.remaining(), run.length() - inside);
      ByteBuffer part = bytes.slice(bytes.position(), count);
      medium.write(run.physical() + inside, count % UNIT == 0 ? part : padded(part));
      bytes.position(bytes.position() + count);
      at += count;
      next++;
    }
  }

  // What lies behind the end of a file in its last block must not be what the disk held before.
  private static ByteBuffer padded(ByteBuffer part) {
    ByteBuffer whole = ByteBuffer.allocateDirect(Math.ceilDiv(part.remaining(), UNIT) * UNIT);
    whole.put(part);
    return whole.rewind();
  }

  private int find(long position) {
    int low = 0;
    int high = runs.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (runs.get(middle).logical() <= position) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
