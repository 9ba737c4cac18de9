package org.diskferry.depot;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The system's clock, and as much later as a test says.
final class TestClock implements InstantSource {
  private volatile Duration ahead = Duration.ZERO;

  void putAhead(Duration by) {
    ahead = by;
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(ahead);
  }
}
