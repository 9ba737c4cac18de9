package org.diskferry.media.block;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Bytes of a device that could not be read, in ranges that neither touch nor overlap. Safe for
/// many threads.
public final class BadSectors {
  private final NavigableMap<Long, Long> ends = new TreeMap<>();
  private volatile boolean empty = true;

  /// Bytes `[from, to)`.
  public record Range(long from, long to) {
    /// How many bytes.
    public long length() {
      return to - from;
    }
  }

  /// Whether everything that was asked for could be read so far; costs nothing.
  public boolean isEmpty() {
    return empty;
  }

  /// Adds `[from, to)`, and joins it with what it touches.
  public synchronized void add(long from, long to) {
    long first = from;
    long last = to;
    Map.Entry<Long, Long> before = ends.floorEntry(from);
    if (before != null && before.getValue() >= from) {
      first = before.getKey();
      last = Math.max(last, before.getValue());
    }
    NavigableMap<Long, Long> joined = ends.subMap(first, true, last, true);
    for (long end : joined.values()) {
      last = Math.max(last, end);
    }
    joined.clear();
    ends.put(first, last);
    empty = false;
  }

  /// Takes `[from, to)` out: it was written, and the device may have put other sectors there.
  public synchronized void remove(long from, long to) {
    List<Range> hit = within(from, to, Integer.MAX_VALUE, false);
    for (Range range : hit) {
      ends.remove(range.from());
      if (range.from() < from) {
        ends.put(range.from(), from);
      }
      if (range.to() > to) {
        ends.put(to, range.to());
      }
    }
    empty = ends.isEmpty();
  }

  /// Forgets all.
  synchronized void clear() {
    ends.clear();
    empty = true;
  }

  /// Whether any byte of `[from, to)` is bad.
  public boolean touch(long from, long to) {
    return !empty && from < to && !within(from, to, 1).isEmpty();
  }

  /// The bad bytes of `[from, to)` in order, at most `most` ranges.
  public synchronized List<Range> within(long from, long to, int most) {
    return within(from, to, most, true);
  }

  private List<Range> within(long from, long to, int most, boolean clipped) {
    List<Range> found = new ArrayList<>();
    Long start = ends.floorKey(from);
    for (Map.Entry<Long, Long> entry :
        ends.subMap(start == null ? from : start, true, Math.max(from, to), false).entrySet()) {
      if (entry.getValue() > from && found.size() < most) {
        found.add(
            clipped
                ? new Range(Math.max(from, entry.getKey()), Math.min(to, entry.getValue()))
                : new Range(entry.getKey(), entry.getValue()));
      }
    }
    return found;
  }

  /// All ranges in order.
  public synchronized List<Range> all() {
    return ends.entrySet().stream().map(e -> new Range(e.getKey(), e.getValue())).toList();
  }

  /// How many bytes are bad.
  public synchronized long bytes() {
    return ends.entrySet().stream().mapToLong(e -> e.getValue() - e.getKey()).sum();
  }
}
