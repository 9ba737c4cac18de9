package org.diskferry.media.fs.chain;

import org.diskferry.media.block.BlockSource;

/// Where the parts of a volume lie.
///
/// @param source the medium, as long as it really is
/// @param heap its clusters
/// @param table which of them follow which
/// @param root the directory at the top
public record Layout(BlockSource source, ClusterHeap heap, AllocationTable.Place table, Root root) {

  /// The directory at the top.
  public sealed interface Root {
    /// It lies in front of the clusters (FAT12, FAT16).
    record Fixed(long start, int length) implements Root {}

    /// It lies in clusters, as all others.
    record Chained(Storage storage) implements Root {}
  }

  /// Whether a record of a directory can lie at byte `position`.
  boolean holdsRecord(long position) {
    return switch (root) {
      case Root.Fixed(long start, int length) when position < heap.start() ->
          position >= start && position < start + length;
      case Root.Fixed _, Root.Chained _ ->
          position >= heap.start() && (position - heap.start()) / heap.clusterSize() < heap.count();
    };
  }
}
