package org.diskferry.media.fs;

import java.util.ArrayList;
import java.util.List;

/// Collects clusters as ranges; neighbours become one. Beyond [Coverage#MOST_RANGES] none is kept.
public final class Ranges {
  private final List<Coverage.Range> ranges = new ArrayList<>();

  /// None yet.
  public Ranges() {}

  /// The clusters `first` + n for each bit n of `bits`.
  public void addBits(long first, long bits) {
    long left = bits;
    while (left != 0) {
      int bit = Long.numberOfTrailingZeros(left);
      int length = Long.numberOfTrailingZeros(~(left >>> bit));
      add(first + bit, length);
      left = length + bit >= Long.SIZE ? 0 : left & -1L << (bit + length);
    }
  }

  /// The clusters from `first` on.
  public void add(long first, long count) {
    if (!ranges.isEmpty()) {
      Coverage.Range last = ranges.getLast();
      if (last.first() + last.count() == first) {
        ranges.set(ranges.size() - 1, new Coverage.Range(last.first(), last.count() + count));
        return;
      }
    }
    if (ranges.size() < Coverage.MOST_RANGES) {
      ranges.add(new Coverage.Range(first, count));
    }
  }

  /// What was kept, in the order in which it was added.
  public List<Coverage.Range> all() {
    return List.copyOf(ranges);
  }
}
