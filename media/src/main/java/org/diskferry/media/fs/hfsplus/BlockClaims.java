package org.diskferry.media.fs.hfsplus;

/// Which blocks of a stretch of the volume are claimed, and which of them twice.
final class BlockClaims {
  private final long start;
  private final long count;
  private final Ranges contested;
  private final long[] words;

  /// @param start first block, a multiple of 64
  BlockClaims(long start, long count, Ranges contested) {
    this.start = start;
    this.count = count;
    this.contested = contested;
    this.words = new long[Math.toIntExact(Math.ceilDiv(count, (long) Long.SIZE))];
  }

  long firstWord() {
    return start / Long.SIZE;
  }

  long endWord() {
    return firstWord() + words.length;
  }

  /// The claimed blocks among 64 × `index` to 64 × `index` + 63, the first in the lowest bit.
  long word(long index) {
    return words[(int) (index - firstWord())];
  }

  /// Claims the blocks of `run` that lie in this stretch.
  void claim(BlockRun run) {
    claim(run, contested);
  }

  /// The same, where another owner is no contest.
  void claimShared(BlockRun run) {
    claim(run, new Ranges());
  }

  private void claim(BlockRun run, Ranges twice) {
    long from = Math.max(run.start(), start) - start;
    long to = Math.min(run.end(), start + count) - start;
    for (long at = from; at < to; ) {
      int bit = (int) (at % Long.SIZE);
      int bits = (int) Math.min(Long.SIZE - bit, to - at);
      long mask = (bits == Long.SIZE ? -1L : (1L << bits) - 1) << bit;
      int index = (int) (at / Long.SIZE);
      twice.addBits(start + at - bit, words[index] & mask);
      words[index] |= mask;
      at += bits;
    }
  }
}
