package org.diskferry.server.registry;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;

/// Runs what is due, again and again, in one process at a time of all that share the database. What
/// fails is tried again at the next turn.
public final class DeadlineClock implements AutoCloseable {
  private static final String NAME = "deadlines";

  /// Deadlines are days long; a minute more or less is nothing.
  private static final Duration TURN = Duration.ofMinutes(1);

  /// How soon a turn that is due is noticed; tests wait for it.
  private static final Duration GLANCE = Duration.ofSeconds(1);

  private final Scheduler scheduler;

  private DeadlineClock(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /// Something to do, and to do again.
  @FunctionalInterface
  public interface Turn {
    /// Does what is due.
    void take() throws Exception;
  }

  /// Starts it. The registry of that database was opened before, and the pool stays the caller's.
  public static DeadlineClock start(DataSource pool, InstantSource clock, Turn turn) {
    RecurringTask<Void> task =
        Tasks.recurring(NAME, FixedDelay.of(TURN))
            .execute((instance, context) -> {
              try {
                turn.take();
              } catch (RuntimeException e) {
                throw e;
              } catch (Exception e) {
                throw new IllegalStateException(e.getMessage(), e);
              }
            });
    Scheduler scheduler =
        Scheduler.create(pool)
            .tableName("registry.scheduled_tasks")
            .startTasks(task)
            .threads(1)
            .pollingInterval(GLANCE)
            .clock(clock::instant)
            .build();
    scheduler.start();
    return new DeadlineClock(scheduler);
  }

  @Override
  public void close() {
    scheduler.stop();
  }
}
