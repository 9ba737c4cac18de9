package org.diskferry.media.block;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;

/// A device whose bad sectors are values: what fails is narrowed down to sectors, the healthy ones
/// first, each bad one is asked for a few times, and what stays bad is remembered and never asked
/// for again. A read that touches it is `UNREADABLE` and names the sectors.
///
/// While reading is put off ([#putOff]) a failing read is just that: the healthy rest of the device
/// goes first, for a failing drive may have little time left.
public final class RescuingSource implements BlockSource {
  /// Ranges named in a message: enough to find the place.
  private static final int MOST_NAMED = 4;

  private final BlockSource device;
  private final RescueLimits limits;
  private final LongSupplier nanos;
  private final BadSectors bad = new BadSectors();
  private volatile boolean putOff;
  private volatile boolean gone;
  private long failures;
  private long failingNanos;

  /// One piece of a read that failed.
  private record Piece(long offset, ByteBuffer bytes) {
    long end() {
      return offset + bytes.capacity();
    }

    Piece part(long from, long to) {
      int start = Math.toIntExact(from - offset);
      return new Piece(from, bytes.slice(start, Math.toIntExact(to - from)));
    }
  }

  /// Over `device`; `nanos` is a clock that only runs forwards.
  public RescuingSource(BlockSource device, RescueLimits limits, LongSupplier nanos) {
    this.device = device;
    this.limits = limits;
    this.nanos = nanos;
  }

  /// What could not be read so far.
  public BadSectors bad() {
    return bad;
  }

  /// Whether failing reads are left for later instead of being narrowed down now.
  public void putOff(boolean later) {
    putOff = later;
  }

  @Override
  public long size() {
    return device.size();
  }

  @Override
  public int sectorSize() {
    return device.sectorSize();
  }

  @Override
  public void read(long offset, ByteBuffer target) throws MediaException {
    int start = target.position();
    int length = target.remaining();
    Objects.checkFromIndexSize(offset, (long) length, size());
    refuse(offset, offset + length);
    long began = nanos.getAsLong();
    try {
      device.read(offset, target);
    } catch (MediaException e) {
      rethrowUnlessLocal(e);
      target.limit(start + length).position(start);
      rescue(new Piece(offset, target.slice()), nanos.getAsLong() - began, e);
      target.position(start + length);
    }
  }

  private void refuse(long from, long to) throws MediaException {
    if (gone) {
      throw lost();
    }
    if (bad.touch(from, to)) {
      throw unreadable(from, to);
    }
  }

  private static void rethrowUnlessLocal(MediaException e) throws MediaException {
    switch (e.trouble()) {
      case UNREADABLE -> {}
      case GONE, DAMAGED, UNSUPPORTED, EXCEEDED -> throw e;
    }
  }

  private MediaException unreadable(long from, long to) {
    List<BadSectors.Range> ranges = bad.within(from, to, MOST_NAMED + 1);
    String named =
        ranges.stream().limit(MOST_NAMED).map(this::describe).collect(Collectors.joining(", "));
    String more = ranges.size() > MOST_NAMED ? " and more" : "";
    return new MediaException(Trouble.UNREADABLE, named + more + ": unreadable");
  }

  private String describe(BadSectors.Range range) {
    long first = range.from() / sectorSize();
    long last = (range.to() - 1) / sectorSize();
    return first == last ? "sector " + first : "sectors " + first + " to " + last;
  }

  private MediaException lost() {
    return new MediaException(
        Trouble.GONE, "read errors have cost more than " + limits.failing() + ": it is dying");
  }

  // One at a time: a failing drive does not answer two questions faster than one.
  private synchronized void rescue(Piece whole, long lostNanos, MediaException first)
      throws MediaException {
    charge(lostNanos);
    if (putOff) {
      throw first;
    }
    List<Piece> sectors = narrow(whole);
    for (int attempt = 2; attempt <= limits.attempts() && isHopeful(); attempt++) {
      List<Piece> left = new ArrayList<>();
      for (Piece sector : sectors) {
        if (!isHopeful() || !succeeds(sector)) {
          left.add(sector);
        }
      }
      sectors = left;
    }
    for (Piece piece : sectors) {
      bad.add(sectorOf(piece.offset()) * sectorSize(), Math.min(sectorEnd(piece.end()), size()));
    }
    if (!sectors.isEmpty()) {
      throw unreadable(whole.offset(), whole.end());
    }
  }

  // Level by level, not depth first: most of a piece is healthy, and is read before the bad place
  // is looked at closely.
  private List<Piece> narrow(Piece whole) throws MediaException {
    List<Piece> smallest = new ArrayList<>();
    Queue<Piece> failed = new ArrayDeque<>(List.of(whole));
    for (Piece piece = failed.poll(); piece != null; piece = failed.poll()) {
      if (isOneSector(piece) || !isHopeful()) {
        smallest.add(piece);
        continue;
      }
      for (Piece half : halves(piece)) {
        if (!succeeds(half)) {
          failed.add(half);
        }
      }
    }
    return smallest;
  }

  private boolean succeeds(Piece piece) throws MediaException {
    long began = nanos.getAsLong();
    try {
      device.read(piece.offset(), piece.bytes().clear());
      return true;
    } catch (MediaException e) {
      rethrowUnlessLocal(e);
      charge(nanos.getAsLong() - began);
      return false;
    }
  }

  private void charge(long lostNanos) throws MediaException {
    failures++;
    failingNanos += lostNanos;
    if (failingNanos > limits.failing().toNanos()) {
      gone = true;
      throw lost();
    }
  }

  private boolean isHopeful() {
    return failures <= limits.retries() && failingNanos <= limits.retrying().toNanos();
  }

  private List<Piece> halves(Piece piece) {
    long first = sectorOf(piece.offset());
    long last = sectorOf(piece.end() - 1);
    long middle = (first + (last - first + 1) / 2) * sectorSize();
    return List.of(piece.part(piece.offset(), middle), piece.part(middle, piece.end()));
  }

  private boolean isOneSector(Piece piece) {
    return sectorOf(piece.offset()) == sectorOf(piece.end() - 1);
  }

  private long sectorOf(long offset) {
    return offset / sectorSize();
  }

  private long sectorEnd(long end) {
    return (sectorOf(end - 1) + 1) * sectorSize();
  }

  @Override
  public void close() {
    device.close();
  }
}
