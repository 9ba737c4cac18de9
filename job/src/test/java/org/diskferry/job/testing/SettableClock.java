package org.diskferry.job.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that goes when it is told to.
public final class SettableClock implements InstantSource {
  private volatile Instant now;

  /// Stands at `start`.
  public SettableClock(Instant start) {
    this.now = start;
  }

  @Override
  public Instant instant() {
    return now;
  }

  /// Moves on.
  public synchronized void advance(Duration by) {
    now = now.plus(by);
  }

  /// Moves to a time.
  public synchronized void set(Instant then) {
    now = then;
  }
}
