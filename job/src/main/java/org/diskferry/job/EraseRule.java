package org.diskferry.job;

import java.util.Optional;
import org.diskferry.job.JobEvent.EraseAuthorized;
import org.diskferry.job.dispatch.HoldReason;

/// When a device may be erased: the rule that protects the only copy. It is asked before the answer
/// is given and once more, by [Lifecycle], when the answer is stored.
public final class EraseRule {
  /// Bytes in use on a device that belong to nothing that was read, and are not worth a hold: none,
  /// until a file system shows that it needs some.
  public static final long MOST_UNEXPLAINED = 0;

  private EraseRule() {}

  /// Why not.
  ///
  /// @param reason of the hold that follows
  /// @param message for the customer
  public record Refusal(HoldReason reason, String message) {}

  /// Why this job's device may not be erased; empty where it may.
  public static Optional<Refusal> refusal(Job job, EraseAuthorized asked) {
    return type(job)
        .or(() -> job.waiting().map(h -> new Refusal(h.reason(), "The device is on hold.")))
        .or(() -> state(job))
        .or(() -> order(job, asked))
        .or(() -> device(job, asked))
        .or(() -> rows(job, asked));
  }

  private static Optional<Refusal> type(Job job) {
    return switch (job.type()) {
      case IMPORT -> Optional.empty();
      case EXPORT -> failed("The job is an export, whose device is never erased.");
    };
  }

  private static Optional<Refusal> state(Job job) {
    return switch (job.state()) {
      case LOADED, AUTHORIZED, ERASING -> Optional.empty();
      case CANCELING -> refuse(HoldReason.CANCELED, "The job was canceled.");
      case PENDING, BOUND, LOADING, HELD, ERASED, FILLED, RELEASED, FAILED, CANCELED, EXPIRED ->
          failed("The device is not ready to be erased: its job is " + job.state() + ".");
    };
  }

  private static Optional<Refusal> order(Job job, EraseAuthorized asked) {
    if (asked.token() != job.custody().token() || !job.custody().inBay()) {
      return failed("Another station has the device.");
    }
    if (job.loading().barred()) {
      return refuse(HoldReason.OPERATOR, "The operator keeps the device for now.");
    }
    if (job.ending().canceled() && !job.loading().waived().contains(HoldReason.CANCELED)) {
      return refuse(HoldReason.CANCELED, "The job was canceled.");
    }
    if (asked.revision() != job.revision()) {
      return failed(
          "Revision %d of the manifest is proven, and revision %d is to be."
              .formatted(asked.revision(), job.revision()));
    }
    return job.isLoaded() || job.loading().waived().contains(HoldReason.PROOF_FAILED)
        ? Optional.empty()
        : failed("The files of revision %d are not loaded.".formatted(job.revision()));
  }

  private static Optional<Refusal> device(Job job, EraseAuthorized asked) {
    Custody custody = job.custody();
    boolean same =
        custody.isBound()
            && custody.fingerprint().equals(asked.fingerprint())
            && custody.size() == asked.size();
    return same
        ? Optional.empty()
        : failed(
            "The device in the bay is %s with %d bytes, and the job's is %s with %d bytes."
                .formatted(
                    asked.fingerprint(), asked.size(), custody.fingerprint(), custody.size()));
  }

  private static Optional<Refusal> rows(Job job, EraseAuthorized asked) {
    if (asked.openRows() > 0 && !job.loading().waived().contains(HoldReason.ERROR_ROWS)) {
      return refuse(
          HoldReason.ERROR_ROWS,
          "%d files were not loaded: see the log.".formatted(asked.openRows()));
    }
    if (asked.unexplainedBytes() > MOST_UNEXPLAINED
        && !job.loading().waived().contains(HoldReason.UNEXPLAINED_SPACE)) {
      return refuse(
          HoldReason.UNEXPLAINED_SPACE,
          "%d bytes are in use on the device and belong to no file that was found."
              .formatted(asked.unexplainedBytes()));
    }
    return Optional.empty();
  }

  private static Optional<Refusal> failed(String message) {
    return refuse(HoldReason.PROOF_FAILED, message);
  }

  private static Optional<Refusal> refuse(HoldReason reason, String message) {
    return Optional.of(new Refusal(reason, message));
  }
}
