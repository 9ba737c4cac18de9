package org.diskferry.mkfs.fill;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The volume as the child sees it: blocks that were read or written stay in memory, and what was
/// written leaves it only when the parent takes it for a checkpoint.
///
/// Writing takes memory until then: [#dirtyBytes] tells how much.
public final class MetadataDevice {
  /// The size of a page: what both file systems count in, or multiples of it.
  static final int BLOCK = 4096;

  /// Clean blocks that are kept: enough for the bitmaps and the table that are being written to.
  private static final int MOST_CLEAN = 16_384;

  /// Blocks fetched at once where several are missing: a MiB.
  private static final int MOST_FETCHED = 256;

  private final Backing backing;
  private final long size;
  private final NavigableMap<Long, byte[]> dirty = new TreeMap<>();
  private final Map<Long, byte[]> clean = new RecentBlocks(MOST_CLEAN);

  /// The medium itself, far away.
  @FunctionalInterface
  public interface Backing {
    /// Exactly `length` bytes from `offset` on.
    byte[] read(long offset, int length) throws FillerException;
  }

  /// Takes what was written.
  @FunctionalInterface
  public interface Receiver {
    /// One run of bytes.
    void write(long offset, byte[] bytes) throws FillerException;
  }

  /// A volume of `size` bytes.
  public MetadataDevice(Backing backing, long size) {
    this.backing = backing;
    this.size = size;
  }

  /// Bytes of the volume.
  public long size() {
    return size;
  }

  /// Fills `target` from `offset` on.
  public void read(long offset, ByteBuffer target) throws FillerException {
    Objects.checkFromIndexSize(offset, (long) target.remaining(), size);
    long at = offset;
    while (target.hasRemaining()) {
      long number = at / BLOCK;
      byte[] block = block(number, blocks(at, target.remaining()));
      int from = (int) (at % BLOCK);
      int count = Math.min(target.remaining(), block.length - from);
      target.put(block, from, count);
      at += count;
    }
  }

  /// Writes what remains of `source` at `offset`.
  public void write(long offset, ByteBuffer source) throws FillerException {
    Objects.checkFromIndexSize(offset, (long) source.remaining(), size);
    long at = offset;
    while (source.hasRemaining()) {
      byte[] block = written(at / BLOCK, at % BLOCK == 0 && source.remaining() >= BLOCK);
      int from = (int) (at % BLOCK);
      int count = Math.min(source.remaining(), block.length - from);
      source.get(block, from, count);
      at += count;
    }
  }

  /// Bytes that a checkpoint would move.
  public long dirtyBytes() {
    return (long) dirty.size() * BLOCK;
  }

  /// Hands all that was written to `receiver`, in the order of the medium, and forgets that it was.
  public void drain(Receiver receiver) throws FillerException {
    Run run = new Run(receiver);
    for (Map.Entry<Long, byte[]> entry : dirty.entrySet()) {
      run.add(entry.getKey() * BLOCK, entry.getValue());
    }
    run.end();
    clean.putAll(dirty);
    dirty.clear();
  }

  private static int blocks(long at, int length) {
    long last = (at + length - 1) / BLOCK;
    return (int) Math.min(MOST_FETCHED, last - at / BLOCK + 1);
  }

  private byte[] block(long number, int wanted) throws FillerException {
    byte[] known = known(number);
    if (known != null) {
      return known;
    }
    int missing = 1;
    while (missing < wanted && known(number + missing) == null) {
      missing++;
    }
    fetch(number, missing);
    return Objects.requireNonNull(clean.get(number));
  }

  private byte @Nullable [] known(long number) {
    byte[] block = dirty.get(number);
    return block == null ? clean.get(number) : block;
  }

  private void fetch(long number, int count) throws FillerException {
    long start = number * BLOCK;
    byte[] bytes = backing.read(start, (int) Math.min((long) count * BLOCK, size - start));
    // From the last to the first: the one that is asked for is the most recent.
    for (int i = count - 1; i >= 0; i--) {
      int from = i * BLOCK;
      int to = Math.min(bytes.length, from + BLOCK);
      clean.put(number + i, Arrays.copyOfRange(bytes, from, to));
    }
  }

  private byte[] written(long number, boolean whole) throws FillerException {
    byte[] block = dirty.get(number);
    if (block == null) {
      boolean inside = (number + 1) * BLOCK <= size;
      block = whole && inside ? new byte[BLOCK] : block(number, 1);
      clean.remove(number);
      dirty.put(number, block);
    }
    return block;
  }

  /// Joins blocks that follow each other.
  private static final class Run {
    /// Bytes of one frame: large enough for the disk, small enough for the pipe.
    private static final int MOST = 1 << 20;

    private final Receiver receiver;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long start;

    private Run(Receiver receiver) {
      this.receiver = receiver;
    }

    private void add(long offset, byte[] block) throws FillerException {
      if (bytes.size() > 0 && (start + bytes.size() != offset || bytes.size() >= MOST)) {
        end();
      }
      if (bytes.size() == 0) {
        start = offset;
      }
      bytes.writeBytes(block);
    }

    private void end() throws FillerException {
      if (bytes.size() > 0) {
        receiver.write(start, bytes.toByteArray());
        bytes.reset();
      }
    }
  }

  /// The blocks that were used last.
  private static final class RecentBlocks extends LinkedHashMap<Long, byte[]> {
    private static final long serialVersionUID = 1L;
    private final int most;

    private RecentBlocks(int most) {
      super(most * 2, 0.75f, true);
      this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
      return size() > most;
    }
  }
}
