package org.diskferry.job;

import java.time.Instant;
import org.diskferry.job.dispatch.HoldReason;

/// Something that happened to a job. Events are kept for ever and hold no secret and no personal
/// data: those are [Confidential].
public sealed interface JobEvent {

  /// The customer asked for it; the first event of every job.
  ///
  /// @param user who asked, within the account
  /// @param manifest as submitted
  record Created(Account account, Confidential user, JobType type, Confidential manifest)
      implements JobEvent {}

  /// The customer sent another manifest.
  ///
  /// @param revision one more than the one before
  /// @param type may change while the job is pending
  record ManifestReplaced(int revision, JobType type, Confidential manifest) implements JobEvent {}

  /// The customer cancelled.
  record CancelRequested() implements JobEvent {}

  /// No device came in time.
  record Expired() implements JobEvent {}

  /// The parcel is here.
  record Received() implements JobEvent {}

  /// A device that names the job, or that was brought for it, cannot be its device.
  ///
  /// @param code `InvalidSignature`, `MissingSignature` or `UnsupportedDeviceType`
  /// @param fingerprint of the device
  record DeviceRefused(String code, String fingerprint) implements JobEvent {}

  /// The device of the job: the first that was admitted.
  ///
  /// @param fingerprint of the device
  /// @param size bytes
  /// @param by what says that it belongs to the job
  record DeviceBound(String fingerprint, long size, Binding by) implements JobEvent {}

  /// What binds a device to a job.
  enum Binding {
    /// A valid `SIGNATURE`.
    SIGNATURE,
    /// A person at the dock.
    OPERATOR
  }

  /// The job's device is in a bay of a station.
  ///
  /// @param station which
  /// @param token fencing token of the lease: one more than the one before
  record Admitted(String station, long token) implements JobEvent {}

  /// Loading, or filling, has begun, or begun again.
  ///
  /// @param revision that is loaded
  /// @param token of the lease
  record LoadStarted(int revision, long token) implements JobEvent {}

  /// Every file of the revision is accounted for and the log is stored.
  ///
  /// @param log bucket, `/`, key
  record Loaded(int revision, LoadFigures figures, Confidential log) implements JobEvent {}

  /// What the revision selects is on the device, as far as the log says, and the log is stored: the
  /// end of an export.
  ///
  /// @param log bucket, `/`, key
  record Filled(int revision, LoadFigures figures, Confidential log) implements JobEvent {}

  /// The cancellation was carried out.
  ///
  /// @param figures of what was loaded before it
  /// @param log bucket, `/`, key
  record Canceled(LoadFigures figures, Confidential log) implements JobEvent {}

  /// The device waits for a person.
  ///
  /// @param message for the customer
  record Held(HoldReason reason, Confidential message) implements JobEvent {}

  /// A person at the dock forbade the erase, for now.
  record EraseBarred() implements JobEvent {}

  /// What held the device is accepted as it is.
  ///
  /// @param revision whose rows are waived
  /// @param by who accepted
  record Waived(int revision, Waiver by) implements JobEvent {}

  /// Who accepts what held a device.
  enum Waiver {
    /// The customer, through the operator: what was told is accepted.
    CUSTOMER,
    /// A person at the dock, who has dealt with what held a device that is to be filled: opened its
    /// own lock, or whatever else. It is filled, or filled on.
    OPERATOR,
    /// The site's policy `afterHold: erase`, once the hold ran out: everything is.
    SITE
  }

  /// The device is to go back as it is.
  record Released(Cause cause) implements JobEvent {}

  /// Why a device goes back as it is.
  enum Cause {
    /// A person at the dock said so.
    OPERATOR,
    /// The hold ran out.
    HOLD_EXPIRED
  }

  /// The station may erase.
  ///
  /// @param proof identifier of this authorization
  /// @param revision of the order whose rows are proven
  /// @param token of the lease that may erase
  /// @param fingerprint of the device that may be erased
  /// @param size its bytes
  /// @param files proven files
  /// @param bytes their bytes
  /// @param openRows rows with status 400 and above, all waived
  /// @param unexplainedBytes in use on the device and belonging to nothing that was read, waived
  /// @param digest SHA-256 over all rows, in hex
  /// @param provenAt when the comparison with the store ended
  record EraseAuthorized(
      String proof,
      int revision,
      long token,
      String fingerprint,
      long size,
      long files,
      long bytes,
      long openRows,
      long unexplainedBytes,
      String digest,
      Instant provenAt)
      implements JobEvent {}

  /// The first byte is about to be overwritten.
  record EraseStarted(String proof) implements JobEvent {}

  /// Every byte reads zero.
  ///
  /// @param bytes overwritten and read back
  /// @param fromMedium whether the reading back bypassed all caches
  record Erased(String proof, long bytes, boolean fromMedium) implements JobEvent {}

  /// The device does not function.
  ///
  /// @param message for the customer
  record DeviceFailed(Confidential message) implements JobEvent {}

  /// The device left its bay.
  ///
  /// @param token of the lease that ended
  record Detached(long token) implements JobEvent {}

  /// The device was handed to a carrier.
  ///
  /// @param carrier name of the company
  record Returned(String carrier, Confidential tracking) implements JobEvent {}

  /// The job's key was destroyed; nothing confidential of it can be read any more.
  record KeyDestroyed() implements JobEvent {}
}
