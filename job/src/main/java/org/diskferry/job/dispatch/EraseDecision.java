package org.diskferry.job.dispatch;

/// The server's answer to an [EraseProof].
public sealed interface EraseDecision {

  /// Erase now. Valid for this lease and this device only.
  ///
  /// @param proof identifier of the stored proof, written into the tombstone
  /// @param mac HMAC over job and proof, written into the tombstone
  record EraseAuthorized(String proof, String mac) implements EraseDecision {}

  /// Do not erase; the device is on hold.
  record NotAuthorized(HoldReason reason, String message) implements EraseDecision {}
}
