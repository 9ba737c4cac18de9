package org.diskferry.tool.screen;

import java.io.Console;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/// The progress of one step, shown on standard error of a terminal once it has taken two seconds.
/// Nothing is shown where nobody looks.
public final class Bar implements AutoCloseable {
  /// What takes less is over before a person has read the first bar.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final int REFRESH_MILLIS = 250;
  private static final long MEBIBYTE = 1 << 20;

  private final String step;
  private final String unit;
  private final long unitSize;
  private final boolean shown;
  private final InstantSource clock;
  private final Instant start;
  private @Nullable ProgressBar bar;

  private Bar(String step, String unit, long unitSize, InstantSource clock) {
    this.step = step;
    this.unit = unit;
    this.unitSize = unitSize;
    this.shown = Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    this.clock = clock;
    this.start = clock.instant();
  }

  /// A bar over bytes, for the step that people know as `step`.
  public static Bar ofBytes(String step, InstantSource clock) {
    return new Bar(step, " MiB", MEBIBYTE, clock);
  }

  /// A bar over things that are counted, in `unit` (`names`).
  public static Bar ofCount(String step, String unit, InstantSource clock) {
    return new Bar(step, " " + unit, 1, clock);
  }

  /// Moves to `done` of `all`; `all` may change, and is 0 while unknown.
  public void at(long done, long all) {
    if (!shown) {
      return;
    }
    ProgressBar current = bar;
    if (current == null) {
      if (Duration.between(start, clock.instant()).compareTo(PATIENCE) < 0) {
        return;
      }
      current = build(all);
      bar = current;
    }
    current.maxHint(all > 0 ? all : -1);
    current.stepTo(done);
  }

  private ProgressBar build(long all) {
    return new ProgressBarBuilder()
        .setTaskName(step)
        .setInitialMax(all)
        .setUnit(unit, unitSize)
        .showSpeed()
        .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
        .setUpdateIntervalMillis(REFRESH_MILLIS)
        .build();
  }

  @Override
  public void close() {
    ProgressBar current = bar;
    if (current != null) {
      current.close();
    }
  }
}
