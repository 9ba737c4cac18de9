package org.diskferry.media.block;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.diskferry.media.MediaException;

/// Runs of a device as a device of its own: a partition, or a file that is a container. What
/// crosses the end of a run is read or written in pieces. Closing it leaves the host open.
///
/// Runs begin and end with sectors of the host, but for the end of the last: whole sectors here are
/// whole sectors there.
public final class ExtentsDevice implements BlockDevice {
  private final BlockDevice host;
  private final List<Extent> runs;
  private final int sectorSize;
  private final long size;

  private ExtentsDevice(BlockDevice host, List<Extent> runs, int sectorSize) {
    this.host = host;
    this.runs = runs;
    this.sectorSize = sectorSize;
    this.size = runs.isEmpty() ? 0 : runs.getLast().logicalEnd();
  }

  /// The bytes of `runs`, which follow each other without a gap from 0 on.
  ///
  /// @param sectorSize what it shows as its own: at most the host's
  public static ExtentsDevice of(BlockDevice host, List<Extent> runs, int sectorSize) {
    List<Extent> joined = new ArrayList<>();
    long end = 0;
    for (Extent run : runs) {
      if (run.logical() != end) {
        throw new IllegalArgumentException(run + " does not follow byte " + end);
      }
      Objects.checkFromIndexSize(run.physical(), run.length(), host.size());
      join(joined, run);
      end = run.logicalEnd();
    }
    for (Extent run : joined) {
      boolean whole = run.length() % host.sectorSize() == 0 || run.logicalEnd() == end;
      if (run.physical() % host.sectorSize() != 0 || !whole) {
        throw new IllegalArgumentException(
            run + " does not consist of sectors of " + host.sectorSize() + " bytes");
      }
    }
    return new ExtentsDevice(host, List.copyOf(joined), sectorSize);
  }

  private static void join(List<Extent> joined, Extent run) {
    if (!joined.isEmpty() && joined.getLast().physicalEnd() == run.physical()) {
      Extent last = joined.removeLast();
      joined.add(new Extent(last.logical(), last.physical(), last.length() + run.length()));
    } else {
      joined.add(run);
    }
  }

  /// Bytes `[start, start + length)`.
  public static ExtentsDevice slice(BlockDevice host, long start, long length) {
    return of(host, List.of(new Extent(0, start, length)), host.sectorSize());
  }

  /// What one piece is for.
  @FunctionalInterface
  private interface Piece {
    void at(long physical) throws MediaException;
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
    inPieces(offset, target, physical -> host.read(physical, target));
  }

  @Override
  public void write(long offset, ByteBuffer source) throws MediaException {
    inPieces(offset, source, physical -> host.write(physical, source));
  }

  // The buffer's limit is moved from piece to piece, so that the host moves its position.
  private void inPieces(long offset, ByteBuffer buffer, Piece piece) throws MediaException {
    Objects.checkFromIndexSize(offset, (long) buffer.remaining(), size);
    int end = buffer.limit();
    int next = buffer.hasRemaining() ? find(offset) : 0;
    long at = offset;
    while (buffer.position() < end) {
      Extent run = runs.get(next++);
      int count = (int) Math.min(end - buffer.position(), run.logicalEnd() - at);
      buffer.limit(buffer.position() + count);
      piece.at(run.physical() + (at - run.logical()));
      buffer.limit(end);
      at += count;
    }
  }

  @Override
  public void zero(long offset, long length) throws MediaException {
    Objects.checkFromIndexSize(offset, length, size);
    int next = length > 0 ? find(offset) : 0;
    long at = offset;
    while (at < offset + length) {
      Extent run = runs.get(next++);
      long count = Math.min(offset + length, run.logicalEnd()) - at;
      host.zero(run.physical() + (at - run.logical()), count);
      at += count;
    }
  }

  // The run that byte `offset` is in.
  private int find(long offset) {
    int low = 0;
    int high = runs.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (runs.get(middle).logical() <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
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
  public void close() {}
}
