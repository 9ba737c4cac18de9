package org.diskferry.server.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.diskferry.job.Job;
import org.diskferry.job.JobId;

/// Which news a lease was told already, so that a station that is about to act on it does not hear
/// it twice. What is not acted on is told again: the answer may have been lost.
final class FollowedOrders {
  /// Several beats, and much longer than a station takes to begin.
  private static final Duration AGAIN = Duration.ofSeconds(10);

  private final Map<JobId, Told> told = new ConcurrentHashMap<>();

  private record Told(long token, int event, Instant at) {}

  /// Whether to tell the news of this job now; who asks tells it.
  boolean tell(Job job, Instant now) {
    Told before = told.get(job.id());
    boolean known =
        before != null
            && before.token() == job.custody().token()
            && before.event() == job.events()
            && now.isBefore(before.at().plus(AGAIN));
    if (!known) {
      told.put(job.id(), new Told(job.custody().token(), job.events(), now));
    }
    return !known;
  }

  void forget(JobId job) {
    told.remove(job);
  }
}
