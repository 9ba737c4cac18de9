package org.diskferry.media.fs.ext;

import java.util.ArrayList;
import java.util.List;
import org.diskferry.media.fs.Coverage;

/// Collects ranges of units, joined where they follow one another, as many as are kept.
final class Ranges {
  private final List<Coverage.Range> kept = new ArrayList<>();

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
