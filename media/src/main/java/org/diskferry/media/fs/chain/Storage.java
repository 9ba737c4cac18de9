package org.diskferry.media.fs.chain;

/// What an entry of a directory says of where its bytes are.
///
/// @param first cluster, 0 where there is none; not yet checked
/// @param size bytes; [#UNKNOWN] for a directory that only its chain ends
/// @param written bytes that were ever written: those behind, up to `size`, are zeros
/// @param contiguous whether the clusters follow one another, and the table is not asked
public record Storage(long first, long size, long written, boolean contiguous) {
  /// No size is known.
  public static final long UNKNOWN = -1;

  /// Chained clusters, all written.
  public static Storage chained(long first, long size) {
    return new Storage(first, size, size, false);
  }

  /// Whether it uses any cluster.
  boolean isEmpty() {
    return size == 0 && first == 0;
  }
}
