package org.diskferry.store.http;

import java.time.Duration;

/// Keeps a connection's deadline: the end of the call, or sooner when nothing moves.
final class Pace {
  private final Guard guard;
  private long end;
  private long idleNanos;
  private long due;

  Pace(Guard guard) {
    this.guard = guard;
  }

  /// A call begins that must end at this time of `System.nanoTime`.
  void begin(long callEnd, Duration idle) {
    end = callEnd;
    idleNanos = idle.toNanos();
    step();
  }

  /// Something is about to be waited for.
  void step() {
    long silence = System.nanoTime() + idleNanos;
    due = silence - end < 0 ? silence : end;
    guard.arm(due);
  }

  /// Whether the deadline has passed: else a connection that was closed for its age met a new call.
  boolean passed() {
    return System.nanoTime() - due >= 0;
  }

  /// From now on silence of this length ends the call.
  void tighten(Duration idle) {
    idleNanos = Math.min(idleNanos, idle.toNanos());
    step();
  }
}
