package org.diskferry.media.fs.ext;

import org.diskferry.media.fs.Ranges;

/// Who claims which clusters, within one window of the volume.
final class Claims {
  private final int ratio;
  private final long start;
  private final long end;
  private final boolean sharesAll;
  private final BlockSet owned;
  private final BlockSet shared;
  private final Ranges contested;

  /// For clusters `[start, end)`; `sharesAll` where blocks may belong to several files by design.
  Claims(int ratio, long start, long end, boolean sharesAll, Ranges contested) {
    this.ratio = ratio;
    this.start = start;
    this.end = end;
    this.sharesAll = sharesAll;
    this.owned = new BlockSet(Math.toIntExact(end - start));
    this.shared = new BlockSet(Math.toIntExact(end - start));
    this.contested = contested;
  }

  boolean isOwned(long cluster) {
    return owned.has((int) (cluster - start));
  }

  /// Blocks of one owner alone.
  void claim(long block, long count) {
    claimClusters(block / ratio, (block + count - 1) / ratio, sharesAll);
  }

  /// Blocks that others of their kind may share: attributes, and metadata within one cluster.
  void claimShared(long block, long count) {
    claimClusters(block / ratio, (block + count - 1) / ratio, true);
  }

  /// Metadata of groups, which is laid out by blocks even where files are by clusters.
  void claimMetadata(long block, long count) {
    claimClusters(block / ratio, (block + count - 1) / ratio, sharesAll || ratio > 1);
  }

  private void claimClusters(long first, long last, boolean isShared) {
    long to = Math.min(last + 1, end);
    for (long cluster = Math.max(first, start); cluster < to; cluster++) {
      int number = (int) (cluster - start);
      boolean isKnownShare = isShared && !shared.add(number);
      if (!isKnownShare && !owned.add(number)) {
        contested.add(cluster, 1);
      }
    }
  }
}
