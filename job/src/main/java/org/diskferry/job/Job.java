package org.diskferry.job;

import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.diskferry.job.dispatch.HoldReason;
import org.jspecify.annotations.Nullable;

/// A job as its events have left it. Values only: [Lifecycle] makes a job of its first event and
/// moves it by the others.
///
/// @param id its name
/// @param account whose it is
/// @param user who created it
/// @param type which way the data goes
/// @param created when
/// @param revision of the manifest: 1, and one more with each that replaced another
/// @param manifest the newest, as submitted
/// @param state where it stands
/// @param events how many happened
/// @param custody the device and who has it
/// @param loading how far the loading is
/// @param hold why the device waits, or waited last; null before the first hold
/// @param erasure how far the erase is
/// @param ending what else is known
public record Job(
    JobId id,
    Account account,
    Confidential user,
    JobType type,
    Instant created,
    int revision,
    Confidential manifest,
    JobState state,
    int events,
    Custody custody,
    Loading loading,
    @Nullable Hold hold,
    Erasure erasure,
    Ending ending) {

  /// Why the device waits; empty where it does not.
  public Optional<Hold> waiting() {
    return state == JobState.HELD ? Optional.ofNullable(hold) : Optional.empty();
  }

  /// Why the device waits, or waited last; empty where it never did.
  public Optional<HoldReason> lastReason() {
    return Optional.ofNullable(hold).map(Hold::reason);
  }

  /// Whether every file of the current revision is accounted for.
  public boolean isLoaded() {
    return loading.finished() == revision;
  }

  /// Whether a manifest waits that no station has begun to load.
  public boolean hasNewerRevision() {
    return revision > loading.started();
  }

  /// The same job with its confidential texts replaced: a store reads those that the job still
  /// refers to, and no others.
  public Job revealed(UnaryOperator<Confidential> reveal) {
    Hold told = hold == null ? null : hold.with(reveal.apply(hold.message()));
    return new Job(
        id,
        account,
        reveal.apply(user),
        type,
        created,
        revision,
        reveal.apply(manifest),
        state,
        events,
        custody,
        loading.with(reveal.apply(loading.log())),
        told,
        erasure,
        ending.with(reveal.apply(ending.tracking())));
  }

  Job in(JobState next) {
    return new Job(
        id,
        account,
        user,
        type,
        created,
        revision,
        manifest,
        next,
        events + 1,
        custody,
        loading,
        hold,
        erasure,
        ending);
  }

  Job with(JobEvent.ManifestReplaced event) {
    return new Job(
        id,
        account,
        user,
        event.type(),
        created,
        event.revision(),
        event.manifest(),
        state,
        events,
        custody,
        loading.replaced(),
        hold,
        erasure,
        ending);
  }

  Job with(Custody changed) {
    return new Job(
        id, account, user, type, created, revision, manifest, state, events, changed, loading, hold,
        erasure, ending);
  }

  Job with(Loading changed) {
    return new Job(
        id, account, user, type, created, revision, manifest, state, events, custody, changed, hold,
        erasure, ending);
  }

  Job with(Hold changed) {
    return new Job(
        id, account, user, type, created, revision, manifest, state, events, custody, loading,
        changed, erasure, ending);
  }

  Job with(Erasure changed) {
    return new Job(
        id, account, user, type, created, revision, manifest, state, events, custody, loading, hold,
        changed, ending);
  }

  Job with(Ending changed) {
    return new Job(
        id, account, user, type, created, revision, manifest, state, events, custody, loading, hold,
        erasure, changed);
  }
}
