package org.diskferry.media.fs.ext;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What replaying the journal would change, as a table: block of the volume → where its newer
/// content is. Nothing is copied; the newer content is read from the journal's own blocks.
final class Replay {
  private final NavigableMap<Long, Newer> newer;
  private final List<String> remarks;

  Replay(Map<Long, Newer> newer, List<String> remarks) {
    this.newer = new TreeMap<>(newer);
    this.remarks = List.copyOf(remarks);
  }

  static Replay none() {
    return new Replay(Map.of(), List.of());
  }

  boolean isEmpty() {
    return newer.isEmpty();
  }

  /// What the journal holds that could not be replayed.
  List<String> remarks() {
    return remarks;
  }

  /// The first replaced block in `[from, to)`, or null.
  Map.@Nullable Entry<Long, Newer> firstIn(long from, long to) {
    Map.Entry<Long, Newer> first = newer.ceilingEntry(from);
    return first != null && first.getKey() < to ? first : null;
  }
}
