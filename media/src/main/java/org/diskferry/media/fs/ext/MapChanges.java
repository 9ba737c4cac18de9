package org.diskferry.media.fs.ext;

import java.util.List;

/// What fast commits changed of where the blocks of a file lie.
///
/// @param dropsAll whether what the inode says counts no more
/// @param ranges that were added or deleted, in order
record MapChanges(boolean dropsAll, List<FastCommit> ranges) {
  static final MapChanges NONE = new MapChanges(false, List.of());

  MapChanges {
    ranges = List.copyOf(ranges);
  }

  boolean isEmpty() {
    return !dropsAll && ranges.isEmpty();
  }
}
