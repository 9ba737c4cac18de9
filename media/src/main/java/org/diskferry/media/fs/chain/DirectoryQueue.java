package org.diskferry.media.fs.chain;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Directories that wait to be read, taken in the order in which they lie: on to the end of the
/// volume, then again from its start. Grows with the directories that wait, some 120 bytes each.
final class DirectoryQueue {
  private final TreeMap<Long, Directory> waiting = new TreeMap<>();
  private final ClusterSet known;
  private long place;

  DirectoryQueue(ClusterHeap heap) {
    this.known = new ClusterSet(heap.end());
  }

  /// Adds a directory whose first cluster exists.
  ///
  /// @return false where a directory that begins there was added before
  boolean add(Directory directory) {
    long first = directory.storage().first();
    if (!known.add(first)) {
      return false;
    }
    waiting.put(first, directory);
    return true;
  }

  Optional<Directory> next() {
    Map.Entry<Long, Directory> next = waiting.ceilingEntry(place);
    if (next == null) {
      next = waiting.firstEntry();
    }
    if (next == null) {
      return Optional.empty();
    }
    place = next.getKey();
    waiting.remove(place);
    return Optional.of(next.getValue());
  }
}
