package org.diskferry.media.block;

import java.time.Duration;

/// How much patience a failing device gets. All but the first are accounts of the whole device, so
/// that the sum of its bad places cannot hold a bay for weeks.
///
/// @param attempts times in all that a sector is asked for before it is bad
/// @param retries reads that may fail while a bad place is narrowed down; afterwards a read that
///   fails is bad as a whole and is not asked for again
/// @param retrying time that such reads may cost, likewise
/// @param failing time that failing reads may cost in all; afterwards the device counts as gone
public record RescueLimits(int attempts, long retries, Duration retrying, Duration failing) {

  /// A drive itself tries for some seconds before it says no: a third "no" is final. 100,000 reads
  /// narrow down 30,000 separate bad sectors, more than drives keep spare ones for; six hours and a
  /// day are what a bay can be spared for without and with hope.
  public static final RescueLimits DEFAULT =
      new RescueLimits(3, 100_000, Duration.ofHours(6), Duration.ofHours(24));

  /// Checks that there is at least one attempt and that hope ends before the device does.
  public RescueLimits {
    if (attempts < 1 || retries < 0 || retrying.isNegative() || failing.compareTo(retrying) < 0) {
      throw new IllegalArgumentException("limits that contradict each other");
    }
  }
}
