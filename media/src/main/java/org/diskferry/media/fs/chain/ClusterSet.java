package org.diskferry.media.fs.chain;

/// A set of clusters, a bit each, in pages that exist only where a cluster is.
final class ClusterSet {
  private static final int PAGE_BITS = 1 << 16;

  private final long[][] pages;

  /// For clusters below `end`.
  ClusterSet(long end) {
    pages = new long[Math.toIntExact(Math.ceilDiv(end, (long) PAGE_BITS))][];
  }

  /// Adds `cluster`.
  ///
  /// @return whether it was not there
  boolean add(long cluster) {
    int index = (int) (cluster / PAGE_BITS);
    long[] page = pages[index];
    if (page == null) {
      page = new long[PAGE_BITS / Long.SIZE];
      pages[index] = page;
    }
    int word = (int) (cluster % PAGE_BITS) / Long.SIZE;
    long bit = 1L << (cluster % Long.SIZE);
    boolean isNew = (page[word] & bit) == 0;
    page[word] |= bit;
    return isNew;
  }
}
