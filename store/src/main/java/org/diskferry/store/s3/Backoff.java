package org.diskferry.store.s3;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// The pauses between attempts: anything between nothing and a bound that doubles ("full jitter"),
/// so that those who failed together do not return together.
final class Backoff {
  /// A millisecond becomes a quarter of an hour; a minute does not overflow.
  private static final int MOST_DOUBLINGS = 20;

  private final RandomGenerator random;
  private final Duration first;
  private final Duration longest;

  Backoff(RandomGenerator random, Limits limits) {
    this.random = random;
    this.first = limits.firstPause();
    this.longest = limits.longestPause();
  }

  /// The pause after the n-th failure, from 1 on; what the store asked for comes on top.
  Duration after(int failures, Duration asked) {
    int doublings = Math.clamp(failures - 1L, 0, MOST_DOUBLINGS);
    long bound = Math.min(longest.toNanos(), first.toNanos() << doublings);
    return asked.plusNanos(fraction(bound));
  }

  /// Generators are not made for many threads.
  private synchronized long fraction(long bound) {
    return random.nextLong(bound + 1);
  }
}
