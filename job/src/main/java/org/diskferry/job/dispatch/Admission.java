package org.diskferry.job.dispatch;

/// The server's answer to a device in a bay.
public sealed interface Admission {

  /// The device is its job's, and this is what to do with it.
  record Admitted(Lease lease, WorkOrder order) implements Admission {}

  /// The device is not to be touched.
  ///
  /// @param code one word: `InvalidSignature`, `MissingSignature`, `UnknownJob`, `JobClosed`,
  ///   `SecondDevice`, `DeviceTaken`, `UnsupportedDeviceType`
  /// @param reason for people
  record Refused(String code, String reason) implements Admission {}
}
