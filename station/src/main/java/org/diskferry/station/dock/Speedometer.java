package org.diskferry.station.dock;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.diskferry.job.dispatch.Progress;

/// Tells the pace of a device's stay, looked at from time to time: over the last half minute of the
/// present phase, so that neither one large file nor a store that was slow an hour ago rules it.
final class Speedometer {
  private static final Duration WINDOW = Duration.ofSeconds(30);

  private final Deque<Look> looks = new ArrayDeque<>();

  private record Look(Instant at, Progress progress) {}

  /// The pace now that `progress` is reached.
  Pace at(Instant now, Progress progress) {
    // Another phase, or the same one begun again: what was before says nothing about it.
    if (!looks.isEmpty() && !follows(progress, looks.getLast().progress())) {
      looks.clear();
    }
    looks.addLast(new Look(now, progress));
    while (looks.size() > 2 && looks.getFirst().at().plus(WINDOW).isBefore(now)) {
      looks.removeFirst();
    }
    Look first = looks.getFirst();
    double seconds = Duration.between(first.at(), now).toMillis() / 1e3;
    return seconds > 0
        ? new Pace(
            Math.max(0, progress.doneFiles() - first.progress().doneFiles()) / seconds,
            Math.max(0, progress.doneBytes() - first.progress().doneBytes()) / seconds)
        : Pace.NONE;
  }

  private static boolean follows(Progress now, Progress before) {
    return now.phase() == before.phase()
        && now.files() == before.files()
        && now.bytes() == before.bytes()
        && now.doneFiles() >= before.doneFiles();
  }
}
