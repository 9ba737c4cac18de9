package org.diskferry.media.fs;

/// Which clusters of a stretch of the volume are claimed, and which of them twice.
public final class ClaimWindow {
  private final long start;
  private final long count;
  private final Ranges contested;
  private final long[] words;

  /// No cluster is claimed yet.
  ///
  /// @param start first cluster, a multiple of 64
  /// @param count clusters
  /// @param contested receives what is claimed twice
  public ClaimWindow(long start, long count, Ranges contested) {
    this.start = start;
    this.count = count;
    this.contested = contested;
    this.words = new long[Math.toIntExact((count + Long.SIZE - 1) / Long.SIZE)];
  }

  /// Number of the first word of 64 units.
  public long firstWord() {
    return start / Long.SIZE;
  }

  /// Number of the first word behind the last.
  public long endWord() {
    return firstWord() + words.length;
  }

  /// The claimed clusters among 64 × `index` to 64 × `index` + 63.
  public long word(long index) {
    return words[(int) (index - firstWord())];
  }

  /// Claims `length` clusters from `first` on, as far as they lie in this window.
  ///
  /// @return how many do
  public long claim(long first, long length) {
    return claim(first, length, contested);
  }

  /// The same, where another owner is no contest.
  public long claimShared(long first, long length) {
    return claim(first, length, new Ranges());
  }

  private long claim(long first, long length, Ranges twice) {
    long from = Math.max(first, start) - start;
    long to = Math.min(first + length, start + count) - start;
    for (long at = from; at < to; ) {
      int bit = (int) (at % Long.SIZE);
      int bits = (int) Math.min(Long.SIZE - bit, to - at);
      long mask = (bits == Long.SIZE ? -1L : (1L << bits) - 1) << bit;
      int index = (int) (at / Long.SIZE);
      twice.addBits(start + at - bit, words[index] & mask);
      words[index] |= mask;
      at += bits;
    }
    return Math.max(0, to - from);
  }
}
