package org.diskferry.job.dispatch;

/// The server's answer to a device in a bay.
public sealed interface Admission {

  /// The device is its job's, and this is what to do with it.
  record Admitted(Lease lease, WorkOrder order) implements Admission {}

  /// The device is not to be touched.
  ///
  /// @param code one word: `InvalidSignature`, `MissingSignature`, `UnknownJob`, `JobClosed`,
  ///   `SecondDevice`, `DeviceTaken`, `UnsupportedDeviceType`, `Exported` (it holds an export and
  ///   is to go back), `Unfinished` (its filling was interrupted, and it does not show whose it is)
  /// @param reason for people
  record Refused(String code, String reason) implements Admission {}
}
