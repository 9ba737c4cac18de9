package org.diskferry.app.service;

import java.util.Map;
import java.util.Optional;
import org.diskferry.app.operator.Verb;
import org.diskferry.depot.Depot;

/// The operator's verbs about a scrub of the depot. There is one at a time: who starts another gets
/// to watch the one that goes on.
final class ScrubVerbs implements AutoCloseable {
  private final Depot depot;
  private Optional<ScrubRun> last = Optional.empty();

  ScrubVerbs(Depot depot) {
    this.depot = depot;
  }

  /// By name.
  Map<String, Verb> all() {
    return Map.of(
        "scrub start", _ -> start(), "scrub status", _ -> status(), "scrub stop", _ -> stop());
  }

  private synchronized Map<String, Object> start() {
    if (last.filter(ScrubRun::isRunning).isEmpty()) {
      last = Optional.of(ScrubRun.start(depot));
    }
    return status();
  }

  private synchronized Map<String, Object> status() {
    return last.map(ScrubRun::told).orElse(Map.of("state", "NONE"));
  }

  private synchronized Map<String, Object> stop() {
    last.ifPresent(ScrubRun::stop);
    return status();
  }

  @Override
  public void close() {
    stop();
  }
}
