package org.diskferry.job;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.diskferry.job.dispatch.HoldReason;

/// What an event must agree with, beside the table of [Lifecycle].
final class Guards {
  /// A job has some twenty events; one that is updated or moved every hour for a month has a
  /// thousand. Beyond this somebody plays with it.
  static final int MOST_EVENTS = 10_000;

  /// What a customer can accept after having been told of it. Not what would erase the only copy: a
  /// failed proof is mended, never accepted.
  private static final Set<HoldReason> WAIVABLE =
      EnumSet.of(
          HoldReason.ERROR_ROWS,
          HoldReason.UNEXPLAINED_SPACE,
          HoldReason.IMPLAUSIBLE_PLAN,
          HoldReason.NOT_CLEAN,
          HoldReason.OPERATOR);

  /// What a person at the dock can have dealt with so that filling is worth a try. What was on the
  /// device is given up anyway.
  private static final Set<HoldReason> RETRIED =
      EnumSet.of(
          HoldReason.LOCKED,
          HoldReason.CANNOT_FILL,
          HoldReason.STORE_REFUSES,
          HoldReason.PROOF_FAILED,
          HoldReason.UNREADABLE_FILE_SYSTEM);

  /// Holds of a job whose load has an end that the customer was told.
  private static final Set<HoldReason> AFTER_THE_END =
      EnumSet.of(HoldReason.ERROR_ROWS, HoldReason.ERASE_FAILED);

  private static final String NEVER_ERASED = "it is an export, whose device is never erased";

  private Guards() {}

  /// Why the event does not fit the job; empty where it does.
  static Optional<String> objection(Job job, JobEvent event) {
    if (job.events() >= MOST_EVENTS) {
      return Optional.of("it has had " + MOST_EVENTS + " events, which is the limit");
    }
    return switch (event) {
      case JobEvent.Created e -> Optional.of("it exists");
      case JobEvent.ManifestReplaced e -> replaced(job, e);
      case JobEvent.CancelRequested e -> canceled(job);
      case JobEvent.Expired e -> when(isAwaited(job.ending()), "its parcel is here");
      case JobEvent.Received e -> Optional.empty();
      case JobEvent.DeviceRefused e -> refused(job);
      case JobEvent.DeviceBound e -> Optional.empty();
      case JobEvent.Admitted e ->
          when(e.token() != job.custody().token() + 1, "the lease is not the next one");
      case JobEvent.LoadStarted e -> started(job, e);
      case JobEvent.Loaded e ->
          when(job.type() != JobType.IMPORT, "its device is to be filled, not loaded")
              .or(() -> finished(job, e.revision()));
      case JobEvent.Filled e ->
          when(job.type() != JobType.EXPORT, "its device is to be loaded, not filled")
              .or(() -> finished(job, e.revision()));
      case JobEvent.Canceled e -> Optional.empty();
      case JobEvent.Held e -> Optional.empty();
      case JobEvent.EraseBarred e -> when(job.type() == JobType.EXPORT, NEVER_ERASED);
      case JobEvent.Waived e -> waived(job, e);
      case JobEvent.Released e -> Optional.empty();
      case JobEvent.EraseAuthorized e -> EraseRule.refusal(job, e).map(EraseRule.Refusal::message);
      case JobEvent.EraseStarted e -> eraseStarted(job, e);
      case JobEvent.Erased e -> proof(job, e.proof());
      case JobEvent.DeviceFailed e -> Optional.empty();
      case JobEvent.Detached e ->
          when(
              !job.custody().inBay() || e.token() != job.custody().token(),
              "the device is not in that bay");
      case JobEvent.Returned e -> returned(job);
      case JobEvent.KeyDestroyed e -> forgotten(job);
    };
  }

  /// What a waiver accepts.
  static Set<HoldReason> accepted(Job job, JobEvent.Waived event) {
    return switch (event.by()) {
      case SITE -> EnumSet.allOf(HoldReason.class);
      case CUSTOMER, OPERATOR -> job.lastReason().map(EnumSet::of).orElseThrow();
    };
  }

  private static Optional<String> replaced(Job job, JobEvent.ManifestReplaced event) {
    if (event.revision() != job.revision() + 1) {
      return Optional.of("its manifest has revision %d".formatted(job.revision()));
    }
    if (job.state() == JobState.HELD && job.ending().canceled()) {
      return Optional.of("it was canceled");
    }
    return when(
        job.state() != JobState.PENDING && event.type() != job.type(),
        "its device is here: import and export cannot be exchanged any more");
  }

  /// Filling begins with formatting: no `SIGNATURE` can be missed from then on.
  private static Optional<String> refused(Job job) {
    return when(job.loading().finished() > 0, "its device was loaded already")
        .or(() ->
            when(
                job.type() == JobType.EXPORT && job.loading().started() > 0,
                "its device is being filled"));
  }

  private static Optional<String> finished(Job job, int revision) {
    return when(
        revision != job.revision() || revision != job.loading().started(),
        "revision %d is to be done".formatted(job.revision()));
  }

  private static Optional<String> canceled(Job job) {
    if (job.ending().canceled()) {
      return Optional.of("it was canceled already");
    }
    return when(
        job.waiting().filter(h -> AFTER_THE_END.contains(h.reason())).isPresent(),
        "its data was loaded");
  }

  /// A device that was refused is not what the job waits for.
  private static boolean isAwaited(Ending ending) {
    return ending.received() && ending.refusal().isEmpty() && !ending.isReturned();
  }

  private static Optional<String> started(Job job, JobEvent.LoadStarted event) {
    if (event.revision() != job.revision()) {
      return Optional.of("revision %d is to be loaded".formatted(job.revision()));
    }
    if (event.token() != job.custody().token()) {
      return Optional.of("the lease is not the newest");
    }
    return when(job.state() == JobState.HELD && job.ending().canceled(), "it was canceled");
  }

  private static Optional<String> waived(Job job, JobEvent.Waived event) {
    if (event.revision() != job.revision()) {
      return Optional.of("its manifest has revision %d".formatted(job.revision()));
    }
    return switch (event.by()) {
      case SITE -> when(job.type() == JobType.EXPORT, NEVER_ERASED);
      case OPERATOR -> dealtWith(job);
      case CUSTOMER -> accepts(job);
    };
  }

  private static Optional<String> dealtWith(Job job) {
    if (job.type() != JobType.EXPORT) {
      return Optional.of("it is an import: what holds its device is the customer's to accept");
    }
    if (job.ending().canceled()) {
      return Optional.of("it was canceled: its device can only be released");
    }
    HoldReason reason = job.lastReason().orElseThrow();
    return when(!RETRIED.contains(reason), "%s cannot be waived".formatted(reason));
  }

  private static Optional<String> accepts(Job job) {
    if (job.ending().canceled() || (job.hasNewerRevision() && job.loading().started() > 0)) {
      return Optional.of("what would be waived is not the newest any more");
    }
    HoldReason reason = job.lastReason().orElseThrow();
    return when(!WAIVABLE.contains(reason), "%s cannot be waived".formatted(reason));
  }

  private static Optional<String> eraseStarted(Job job, JobEvent.EraseStarted event) {
    boolean otherHold =
        job.waiting().filter(h -> h.reason() != HoldReason.ERASE_FAILED).isPresent();
    return otherHold ? Optional.of("the device is on hold") : proof(job, event.proof());
  }

  private static Optional<String> proof(Job job, String proof) {
    return when(
        proof.isEmpty() || !proof.equals(job.erasure().proof()),
        "proof %s is not the one that allows the erase".formatted(proof));
  }

  private static Optional<String> returned(Job job) {
    if (job.ending().isReturned()) {
      return Optional.of("its device went back already");
    }
    return when(!job.ending().received(), "no device of it came");
  }

  private static Optional<String> forgotten(Job job) {
    if (job.ending().keyDestroyed()) {
      return Optional.of("its key was destroyed already");
    }
    return when(
        job.ending().received() && !job.ending().isReturned(), "its device has not gone back");
  }

  private static Optional<String> when(boolean wrong, String why) {
    return wrong ? Optional.of(why) : Optional.empty();
  }
}
