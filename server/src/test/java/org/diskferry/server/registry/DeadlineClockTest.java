package org.diskferry.server.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.diskferry.job.testing.SettableClock;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class DeadlineClockTest {
  private static final int SECONDS = 20;

  @AutoClose private static final TestRegistry REGISTRY = TestRegistry.create();

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T10:00:00Z"));
  private final BlockingQueue<Instant> turns = new LinkedBlockingQueue<>();

  @Test
  void itTakesTurnsByTheGivenClockAndAfterAFailureToo() throws Exception {
    try (DeadlineClock running = DeadlineClock.start(REGISTRY.pool(), clock, this::turn)) {
      assertThat(running).isNotNull();
      assertThat(turns.poll(SECONDS, TimeUnit.SECONDS)).isNotNull();
      awaitSettled();
      assertThat(turns).isEmpty();
      clock.advance(Duration.ofMinutes(61));
      assertThat(turns.poll(SECONDS, TimeUnit.SECONDS)).isNotNull();
    }
  }

  private void turn() {
    turns.add(clock.instant());
    throw new IllegalStateException("the first and every other turn fails");
  }

  /// Until the outcome of the turn is in the table, the next one is not planned.
  private void awaitSettled() throws Exception {
    try (var connection = REGISTRY.pool().getConnection();
        var query =
            connection.prepareStatement(
                "SELECT 1 FROM registry.scheduled_tasks"
                    + " WHERE NOT picked AND consecutive_failures > 0")) {
      while (true) {
        try (var rows = query.executeQuery()) {
          if (rows.next()) {
            return;
          }
        }
        Thread.sleep(20);
      }
    }
  }
}
