package org.diskferry.media.fs.chain;

/// Where the clusters of a volume lie. They are numbered from 2.
///
/// @param start byte of the volume at which cluster 2 begins
/// @param clusterSize bytes
/// @param count how many there are
public record ClusterHeap(long start, int clusterSize, long count) {
  /// Number of the first cluster.
  public static final int FIRST = 2;

  /// The number behind that of the last cluster.
  public long end() {
    return FIRST + count;
  }

  /// Whether there is a cluster of this number.
  public boolean holds(long cluster) {
    return cluster >= FIRST && cluster < end();
  }

  /// Whether there are `length` clusters from `first` on.
  public boolean holds(long first, long length) {
    return holds(first) && length <= end() - first;
  }

  /// Byte of the volume at which `cluster`, which must be there, begins.
  public long position(long cluster) {
    return start + (cluster - FIRST) * clusterSize;
  }

  /// How many clusters hold `bytes`.
  public long clustersFor(long bytes) {
    return Math.ceilDiv(bytes, (long) clusterSize);
  }
}
