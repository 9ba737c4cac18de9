package org.diskferry.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff = new Backoff(new Random(1), Limits.USUAL);

  @Test
  void pausesAreSpreadOverABoundThatDoubles() {
    for (int failures = 1; failures < 100; failures++) {
      Duration bound = Limits.USUAL.firstPause().multipliedBy(1L << Math.min(20, failures - 1));
      Duration capped =
          bound.compareTo(Limits.USUAL.longestPause()) > 0 ? Limits.USUAL.longestPause() : bound;
      Duration longest = Duration.ZERO;
      Duration shortest = capped;
      for (int i = 0; i < 1000; i++) {
        Duration pause = backoff.after(failures, Duration.ZERO);
        longest = longest.compareTo(pause) < 0 ? pause : longest;
        shortest = shortest.compareTo(pause) > 0 ? pause : shortest;
      }
      assertThat(longest).isBetween(capped.multipliedBy(9).dividedBy(10), capped);
      assertThat(shortest).isLessThan(capped.dividedBy(10));
    }
  }

  @Test
  void whatTheStoreAsksForIsTheLeast() {
    assertThat(backoff.after(1, Duration.ofSeconds(7)))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(7));
  }
}
