package org.diskferry.media.fs.hfsplus;

import java.util.ArrayList;
import java.util.List;
import org.diskferry.media.fs.Coverage;

/// Collects ranges of blocks, joined where they follow one another, as many as are kept.
final class Ranges {
  private final List<Coverage.Range> kept = new ArrayList<>();

  /// The blocks `first` + n for each bit n of `bits`.
  void addBits(long first, long bits) {
    long left = bits;
    while (left != 0) {
      int bit = Long.numberOfTrailingZeros(left);
      int length = Long.numberOfTrailingZeros(~(left >>> bit));
      add(first + bit, length);
      left = length + bit >= Long.SIZE ? 0 : left & -1L << (bit + length);
    }
  }

  void add(long first, long count) {
    if (!kept.isEmpty()) {
      Coverage.Range last = kept.getLast();
      if (last.first() + last.count() == first) {
        kept.set(kept.size() - 1, new Coverage.Range(last.first(), last.count() + count));
        return;
      }
    }
    if (kept.size() < Coverage.MOST_RANGES) {
      kept.add(new Coverage.Range(first, count));
    }
  }

  List<Coverage.Range> kept() {
    return kept;
  }
}
