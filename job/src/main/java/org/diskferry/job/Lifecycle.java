package org.diskferry.job;

import static java.util.Map.entry;
import static org.diskferry.job.JobState.AUTHORIZED;
import static org.diskferry.job.JobState.BOUND;
import static org.diskferry.job.JobState.CANCELED;
import static org.diskferry.job.JobState.CANCELING;
import static org.diskferry.job.JobState.ERASED;
import static org.diskferry.job.JobState.ERASING;
import static org.diskferry.job.JobState.EXPIRED;
import static org.diskferry.job.JobState.FAILED;
import static org.diskferry.job.JobState.FILLED;
import static org.diskferry.job.JobState.HELD;
import static org.diskferry.job.JobState.LOADED;
import static org.diskferry.job.JobState.LOADING;
import static org.diskferry.job.JobState.PENDING;
import static org.diskferry.job.JobState.RELEASED;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.diskferry.job.JobEvent.Admitted;
import org.diskferry.job.JobEvent.CancelRequested;
import org.diskferry.job.JobEvent.Canceled;
import org.diskferry.job.JobEvent.Created;
import org.diskferry.job.JobEvent.Detached;
import org.diskferry.job.JobEvent.DeviceBound;
import org.diskferry.job.JobEvent.DeviceFailed;
import org.diskferry.job.JobEvent.DeviceRefused;
import org.diskferry.job.JobEvent.EraseAuthorized;
import org.diskferry.job.JobEvent.EraseBarred;
import org.diskferry.job.JobEvent.EraseStarted;
import org.diskferry.job.JobEvent.Erased;
import org.diskferry.job.JobEvent.Expired;
import org.diskferry.job.JobEvent.Filled;
import org.diskferry.job.JobEvent.Held;
import org.diskferry.job.JobEvent.KeyDestroyed;
import org.diskferry.job.JobEvent.LoadStarted;
import org.diskferry.job.JobEvent.Loaded;
import org.diskferry.job.JobEvent.ManifestReplaced;
import org.diskferry.job.JobEvent.Received;
import org.diskferry.job.JobEvent.Released;
import org.diskferry.job.JobEvent.Returned;
import org.diskferry.job.JobEvent.Waived;
import org.diskferry.job.dispatch.HoldReason;

/// How a job may move: a table of states and events. What is not in it is refused; what is must
/// also stand before [Guards], which look at the event's figures.
public final class Lifecycle {
  private static final Map<JobState, Map<Class<? extends JobEvent>, JobState>> TABLE =
      new EnumMap<>(
          Map.ofEntries(
              entry(
                  PENDING,
                  Map.of(
                      ManifestReplaced.class, PENDING,
                      CancelRequested.class, CANCELED,
                      Expired.class, EXPIRED,
                      Received.class, PENDING,
                      DeviceRefused.class, PENDING,
                      DeviceBound.class, BOUND,
                      Returned.class, PENDING)),
              entry(
                  BOUND,
                  Map.of(
                      Admitted.class, BOUND,
                      Detached.class, BOUND,
                      DeviceRefused.class, PENDING,
                      CancelRequested.class, CANCELING,
                      LoadStarted.class, LOADING,
                      Held.class, HELD,
                      EraseBarred.class, BOUND,
                      Released.class, RELEASED,
                      DeviceFailed.class, FAILED)),
              entry(
                  LOADING,
                  Map.ofEntries(
                      entry(Admitted.class, LOADING),
                      entry(Detached.class, LOADING),
                      entry(DeviceRefused.class, PENDING),
                      entry(CancelRequested.class, CANCELING),
                      entry(LoadStarted.class, LOADING),
                      entry(Loaded.class, LOADED),
                      entry(Filled.class, FILLED),
                      entry(Held.class, HELD),
                      entry(EraseBarred.class, LOADING),
                      entry(Released.class, RELEASED),
                      entry(DeviceFailed.class, FAILED))),
              entry(
                  CANCELING,
                  Map.of(
                      Admitted.class, CANCELING,
                      Detached.class, CANCELING,
                      LoadStarted.class, CANCELING,
                      // The station was faster than the customer's word.
                      Loaded.class, HELD,
                      Filled.class, HELD,
                      Canceled.class, HELD,
                      Held.class, HELD,
                      Released.class, RELEASED,
                      DeviceFailed.class, FAILED)),
              entry(
                  LOADED,
                  Map.of(
                      Admitted.class, LOADED,
                      Detached.class, LOADED,
                      LoadStarted.class, LOADING,
                      Held.class, HELD,
                      EraseBarred.class, LOADED,
                      EraseAuthorized.class, AUTHORIZED,
                      Released.class, RELEASED,
                      DeviceFailed.class, FAILED)),
              entry(
                  HELD,
                  Map.ofEntries(
                      entry(Admitted.class, HELD),
                      entry(Detached.class, HELD),
                      entry(DeviceRefused.class, PENDING),
                      entry(ManifestReplaced.class, HELD),
                      entry(CancelRequested.class, HELD),
                      entry(LoadStarted.class, LOADING),
                      entry(Held.class, HELD),
                      entry(EraseBarred.class, HELD),
                      // Or BOUND: see afterWaiver.
                      entry(Waived.class, LOADED),
                      entry(EraseStarted.class, ERASING),
                      entry(Released.class, RELEASED),
                      entry(DeviceFailed.class, FAILED))),
              entry(
                  AUTHORIZED,
                  Map.of(
                      Admitted.class, AUTHORIZED,
                      Detached.class, AUTHORIZED,
                      LoadStarted.class, LOADING,
                      Held.class, HELD,
                      EraseAuthorized.class, AUTHORIZED,
                      EraseStarted.class, ERASING,
                      DeviceFailed.class, FAILED)),
              entry(
                  ERASING,
                  Map.of(
                      Admitted.class, ERASING,
                      Detached.class, ERASING,
                      // A station that was stopped before its first write finds the device whole.
                      LoadStarted.class, LOADING,
                      EraseAuthorized.class, AUTHORIZED,
                      Held.class, HELD,
                      Erased.class, ERASED,
                      DeviceFailed.class, FAILED)),
              entry(ERASED, closing(ERASED)),
              entry(FILLED, closing(FILLED)),
              entry(RELEASED, closing(RELEASED)),
              entry(FAILED, closing(FAILED)),
              entry(CANCELED, parcelOnly(CANCELED)),
              entry(EXPIRED, parcelOnly(EXPIRED))));

  private Lifecycle() {}

  private static Map<Class<? extends JobEvent>, JobState> closing(JobState state) {
    return Map.of(
        Admitted.class, state,
        Detached.class, state,
        Returned.class, state,
        KeyDestroyed.class, state);
  }

  private static Map<Class<? extends JobEvent>, JobState> parcelOnly(JobState state) {
    return Map.of(Received.class, state, Returned.class, state, KeyDestroyed.class, state);
  }

  /// The job that a first event makes.
  public static Job begin(JobId id, Instant at, Created event) {
    return new Job(
        id,
        event.account(),
        event.user(),
        event.type(),
        at,
        1,
        event.manifest(),
        PENDING,
        1,
        Custody.NONE,
        Loading.NONE,
        null,
        Erasure.NONE,
        Ending.NONE);
  }

  /// The job after one more event.
  public static Job after(Job job, Instant at, JobEvent event) throws LifecycleException {
    Job moved = replay(job, at, event);
    Optional<String> objection = Guards.objection(job, event);
    if (objection.isPresent()) {
      throw new LifecycleException(job.id(), job.state(), event, objection.get());
    }
    return moved;
  }

  /// The job after one more event that was stored earlier: what was once allowed is not judged
  /// again.
  public static Job replay(Job job, Instant at, JobEvent event) throws LifecycleException {
    JobState next =
        next(job.state(), event)
            .orElseThrow(
                () -> new LifecycleException(job.id(), job.state(), event, closed(job.state())));
    return apply(job.in(event instanceof Waived w ? afterWaiver(job, w) : next), job, at, event);
  }

  /// The table's entry.
  static Optional<JobState> next(JobState state, JobEvent event) {
    return Optional.ofNullable(TABLE.getOrDefault(state, Map.of()).get(event.getClass()));
  }

  private static String closed(JobState state) {
    return state == FILLED ? "its device is filled and ready to go back" : "not possible now";
  }

  private static Job apply(Job moved, Job before, Instant at, JobEvent event) {
    return switch (event) {
      case Created e -> throw new IllegalStateException("every job has one first event, not " + e);
      case ManifestReplaced e -> moved.with(e);
      case CancelRequested e -> moved.with(moved.ending().canceling());
      case Expired e -> moved;
      case Received e -> moved.with(moved.ending().here());
      case DeviceRefused e -> refused(moved, e);
      case DeviceBound e ->
          moved.with(moved.custody().bound(e)).with(moved.ending().here()).with(Loading.NONE);
      case Admitted e -> moved.with(moved.custody().admitted(e, moved.revision()));
      case LoadStarted e -> moved.with(moved.loading().started(e));
      case Loaded e -> finished(moved.with(moved.loading().finished(e)), before, at);
      case Filled e -> finished(moved.with(moved.loading().finished(e)), before, at);
      case Canceled e -> moved.with(moved.loading().canceled(e)).with(canceledHold(before, at));
      case Held e -> moved.with(new Hold(e.reason(), e.message(), since(before, at)));
      case EraseBarred e -> moved.with(moved.loading().barring());
      case Waived e -> moved.with(moved.loading().waived(Guards.accepted(before, e)));
      case Released e -> moved;
      case EraseAuthorized e -> moved.with(Erasure.authorized(e));
      case EraseStarted e -> moved;
      case Erased e -> moved;
      case DeviceFailed e -> moved;
      case Detached e -> moved.with(moved.custody().detached());
      case Returned e -> moved.with(moved.ending().returned(e));
      case KeyDestroyed e -> moved.with(moved.ending().forgotten());
    };
  }

  /// The device was never the job's: the next one with the right file is.
  private static Job refused(Job moved, DeviceRefused event) {
    return moved
        .with(moved.custody().unbound())
        .with(Loading.NONE)
        .with(moved.ending().refused(event.code()));
  }

  private static Job finished(Job done, Job before, Instant at) {
    return done.state() == HELD ? done.with(canceledHold(before, at)) : done;
  }

  /// What was not loaded yet is loaded now, unless the site wants nothing but the erase. A device
  /// that is to be filled never comes near one.
  private static JobState afterWaiver(Job job, Waived event) {
    return switch (job.type()) {
      case EXPORT -> BOUND;
      case IMPORT -> event.by() == JobEvent.Waiver.SITE || job.isLoaded() ? LOADED : BOUND;
    };
  }

  private static Hold canceledHold(Job before, Instant at) {
    return new Hold(HoldReason.CANCELED, Confidential.of(""), since(before, at));
  }

  /// A device that waits and gets another reason has waited all the time.
  private static Instant since(Job before, Instant at) {
    return before.waiting().map(Hold::since).orElse(at);
  }
}
