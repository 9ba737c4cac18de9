package org.diskferry.media.fs.hfsplus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.diskferry.media.block.Extent;
import org.diskferry.media.fs.Content;
import org.jspecify.annotations.Nullable;

/// What replaying the journal would change, as a table: bytes of the partition → where in the
/// journal their newer content is. Nothing is copied.
final class Replay {

  /// Bytes up to `end`, whose newer content begins at `from`.
  record Piece(long end, long from) {}

  private final NavigableMap<Long, Piece> pieces = new TreeMap<>();

  boolean isEmpty() {
    return pieces.isEmpty();
  }

  int size() {
    return pieces.size();
  }

  /// Replaces `length` bytes at `start` by those at `from`, whatever replaced them before.
  void put(long start, long length, long from) {
    long end = start + length;
    Map.Entry<Long, Piece> before = pieces.lowerEntry(start);
    if (before != null && before.getValue().end() > start) {
      pieces.put(before.getKey(), new Piece(start, before.getValue().from()));
      keepBehind(end, before);
    }
    Map.Entry<Long, Piece> next = pieces.ceilingEntry(start);
    while (next != null && next.getKey() < end) {
      pieces.remove(next.getKey());
      keepBehind(end, next);
      next = pieces.ceilingEntry(start);
      if (next != null && next.getKey() == end) {
        break;
      }
    }
    pieces.put(start, new Piece(end, from));
  }

  private void keepBehind(long end, Map.Entry<Long, Piece> old) {
    Piece piece = old.getValue();
    if (piece.end() > end) {
      pieces.put(end, new Piece(piece.end(), piece.from() + (end - old.getKey())));
    }
  }

  void putAll(Replay later) {
    later.pieces.forEach((start, piece) -> put(start, piece.end() - start, piece.from()));
  }

  /// The first replaced bytes that end behind `from` and begin before `to`, or null.
  Map.@Nullable Entry<Long, Piece> firstIn(long from, long to) {
    Map.Entry<Long, Piece> floor = pieces.floorEntry(from);
    if (floor != null && floor.getValue().end() > from) {
      return floor;
    }
    Map.Entry<Long, Piece> next = pieces.ceilingEntry(from);
    return next != null && next.getKey() < to ? next : null;
  }

  /// `content`, led into the journal where that has newer bytes.
  Content.Extents applied(Content.Extents content) {
    if (isEmpty()) {
      return content;
    }
    List<Extent> runs = new ArrayList<>();
    for (Extent run : content.runs()) {
      long at = run.physical();
      while (at < run.physicalEnd()) {
        Map.Entry<Long, Piece> next = firstIn(at, run.physicalEnd());
        boolean isNewer = next != null && next.getKey() <= at;
        long end =
            next == null ? run.physicalEnd() : isNewer ? next.getValue().end() : next.getKey();
        long length = Math.min(end, run.physicalEnd()) - at;
        long place = isNewer && next != null ? next.getValue().from() + (at - next.getKey()) : at;
        runs.add(new Extent(run.logical() + (at - run.physical()), place, length));
        at += length;
      }
    }
    return new Content.Extents(content.size(), runs);
  }
}
