package org.diskferry.media.fs.ntfs;

import java.util.ArrayList;
import java.util.List;
import org.diskferry.media.fs.Coverage;

/// Collects clusters as ranges; neighbours become one. Beyond [Coverage#MOST_RANGES] none is kept.
final class Ranges {
  private final List<Coverage.Range> ranges = new ArrayList<>();

  /// The clusters `first` + n for each bit n of `bits`.
  void addBits(long first, long bits) {
    long left = bits;
    while (left != 0) {
      int bit = Long.numberOfTrailingZeros(left);
      int length = Long.numberOfTrailingZeros(~(left >>> bit));
      add(first + bit, length);
      left = length + bit >= Long.SIZE ? 0 : left & -1L << (bit + length);
    }
  }

  private void add(long first, long count) {
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

  List<Coverage.Range> all() {
    return List.copyOf(ranges);
  }
}
