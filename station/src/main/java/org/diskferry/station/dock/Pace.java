package org.diskferry.station.dock;

import java.time.Duration;
import java.util.Optional;
import org.diskferry.job.dispatch.Progress;

/// How fast a step goes, from what was seen of it lately.
///
/// @param files done a second
/// @param bytes done a second
public record Pace(double files, double bytes) {
  /// Nothing moves, or nothing is known yet.
  public static final Pace NONE = new Pace(0, 0);

  /// What is further away than this is not known to the second, nor to the day.
  private static final long MOST_SECONDS = Duration.ofDays(365).toSeconds();

  /// How long the rest of `progress` takes at this pace: whichever of bytes and files takes longer.
  /// Empty where that cannot be told.
  public Optional<Duration> left(Progress progress) {
    double byBytes = seconds(progress.bytes() - progress.doneBytes(), bytes);
    double byFiles = seconds(progress.files() - progress.doneFiles(), files);
    double seconds = Math.max(byBytes, byFiles);
    return progress.bytes() + progress.files() > 0 && seconds <= MOST_SECONDS
        ? Optional.of(Duration.ofSeconds((long) Math.ceil(seconds)))
        : Optional.empty();
  }

  private static double seconds(long rest, double rate) {
    if (rest <= 0) {
      return 0;
    }
    return rate > 0 ? rest / rate : Double.POSITIVE_INFINITY;
  }
}
