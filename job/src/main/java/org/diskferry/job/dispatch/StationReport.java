package org.diskferry.job.dispatch;

/// What a station tells of a device; each becomes an event of the job.
public sealed interface StationReport {

  /// Loading, or filling, of a revision has begun, or begun again after a restart.
  record LoadStarted(int revision) implements StationReport {}

  /// Every file of the revision is accounted for and the log is in its bucket. With errors the
  /// device is on hold from here.
  record Loaded(int revision, LoadSummary summary) implements StationReport {}

  /// What the revision selects is on the device, as far as the log says, the device was read back,
  /// and the log is in its bucket. The device goes back from here.
  record Filled(int revision, LoadSummary summary) implements StationReport {}

  /// The device waits for a person; nothing was lost and nothing was erased.
  ///
  /// @param reason which kind
  /// @param message for the customer: what happened, where, what to do
  record Held(HoldReason reason, String message) implements StationReport {}

  /// The customer's cancellation was carried out; the log says which files were loaded before it.
  record Canceled(LoadSummary summary) implements StationReport {}

  /// The device does not function; nothing can be expected of it.
  record DeviceFailed(String message) implements StationReport {}

  /// The first byte is about to be overwritten.
  record EraseStarted(String proof) implements StationReport {}

  /// Every byte of the device reads zero.
  ///
  /// @param proof that allowed it
  /// @param bytes overwritten and read back
  /// @param fromMedium whether the reading back bypassed all caches
  record Erased(String proof, long bytes, boolean fromMedium) implements StationReport {}
}
