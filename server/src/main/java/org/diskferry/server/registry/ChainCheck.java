package org.diskferry.server.registry;

import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.diskferry.job.JobId;

/// Compares the stored events of a job with its hash chain.
final class ChainCheck {
  private ChainCheck() {}

  static Optional<Integer> firstBroken(
      JobId id, JobRows.Head head, List<StoredEvent> events, List<byte[]> hashes) {
    byte[] hash = Chain.start();
    for (int i = 0; i < events.size(); i++) {
      hash = Chain.next(hash, id, events.get(i));
      if (events.get(i).number() != i + 1 || !MessageDigest.isEqual(hash, hashes.get(i))) {
        return Optional.of(i + 1);
      }
    }
    boolean complete = events.size() == head.events() && MessageDigest.isEqual(hash, head.hash());
    return complete ? Optional.empty() : Optional.of(events.size() + 1);
  }
}
