package org.diskferry.server.dispatch;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.diskferry.job.JobId;
import org.diskferry.job.dispatch.Progress;

/// How far stations are with the devices that they have, as they told last: in memory, for people.
/// There are as many entries as devices in bays.
public final class LiveProgress {
  private final Map<JobId, Told> told = new ConcurrentHashMap<>();

  /// What a station told.
  ///
  /// @param at when
  public record Told(Progress progress, Instant at) {}

  /// What was told of a job's device; empty where no station has it, or none told since the start.
  public Optional<Told> of(JobId job) {
    return Optional.ofNullable(told.get(job));
  }

  void tell(JobId job, Progress progress, Instant at) {
    told.put(job, new Told(progress, at));
  }

  void forget(JobId job) {
    told.remove(job);
  }
}
