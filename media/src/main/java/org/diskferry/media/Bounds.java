package org.diskferry.media;

import java.time.Duration;

/// How much a parser may spend on one volume before it gives up with a named reason.
///
/// A disk from the post can claim anything; these are the limits of what is believed.
///
/// @param bytes most bytes of metadata that may be read
/// @param reads most single reads
/// @param entries most nodes and links that may be delivered
/// @param depth deepest nesting of directories, and longest chain of any linked structure
/// @param cpu most CPU time of the parsing thread
public record Bounds(long bytes, long reads, long entries, int depth, Duration cpu) {

  /// Enough for a 16 TB disk with a hundred million files; reached only by a disk that lies.
  public static final Bounds GENEROUS =
      new Bounds(1L << 40, 1L << 32, 200_000_000L, 1_000, Duration.ofHours(6));

  /// For tests and fuzzing: everything that real images of a few MiB need.
  public static final Bounds TIGHT =
      new Bounds(256L << 20, 200_000L, 200_000L, 200, Duration.ofSeconds(2));

  /// Checks that every limit is positive.
  public Bounds {
    if (bytes <= 0 || reads <= 0 || entries <= 0 || depth <= 0 || !cpu.isPositive()) {
      throw new IllegalArgumentException("every bound must be positive");
    }
  }
}
