package org.diskferry.media.fs.ntfs;

/// Clusters of a value that lie in one piece, or that do not exist.
///
/// @param vcn first cluster within the value
/// @param lcn first cluster on the volume, or [#HOLE]
/// @param count clusters
record Run(long vcn, long lcn, long count) {
  /// Clusters that are not stored: they read as zeros.
  static final long HOLE = -1;

  boolean isHole() {
    return lcn == HOLE;
  }

  long endVcn() {
    return vcn + count;
  }
}
