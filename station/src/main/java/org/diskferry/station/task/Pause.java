package org.diskferry.station.task;

import java.time.Duration;

/// Waits for a while; a test's need not.
@FunctionalInterface
public interface Pause {
  /// Returns after about that time, or sooner.
  void wait(Duration time);
}
