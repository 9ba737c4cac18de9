package org.diskferry.media.fs.hfsplus;

import java.util.Map;
import java.util.TreeMap;

/// Which folders have fewer entries than their records say: where a part of the catalogue is lost,
/// these are the ones that it hurts. TN1150, "Catalog Folder Records", calls the number a valence.
final class Census {
  /// Folders beyond these are not compared: some 80 MB of heap, needed only on a damaged volume.
  private static final int MOST_FOLDERS = 1 << 20;

  private final Map<Long, Long> missing = new TreeMap<>();
  private boolean isComplete = true;

  /// A folder whose record says that it holds `valence` entries.
  void expect(long folder, long valence) {
    add(folder, valence);
  }

  /// An entry of `folder`.
  void found(long folder) {
    add(folder, -1);
  }

  private void add(long folder, long count) {
    if (missing.containsKey(folder) || missing.size() < MOST_FOLDERS) {
      missing.merge(folder, count, Long::sum);
    } else {
      isComplete = false;
    }
  }

  /// Whether all folders could be compared.
  boolean isComplete() {
    return isComplete;
  }

  /// How many entries each folder lacks; none or fewer where it lacks none.
  Map<Long, Long> missing() {
    return missing;
  }
}
