package org.diskferry.job.dispatch;

import org.diskferry.job.JobId;

/// What a device says about which job it belongs to.
public sealed interface Claim {

  /// A `SIGNATURE` file was found at the root and has the four lines.
  ///
  /// @param job as written there
  /// @param signature base64, as written there; whether it is right is the server's to say
  record Signed(JobId job, String signature) implements Claim {}

  /// Nothing could be read yet (encrypted), or no file system: the operator says whose it is, by
  /// `dock attach DEVICE --job ID` or a file named `ID.img`.
  record Bound(JobId job) implements Claim {}

  /// The operator said whose it is, and what could be read then has no valid `SIGNATURE`: the job
  /// is told, and its device is still to come.
  ///
  /// @param job that the operator named
  /// @param code `MissingSignature` or `InvalidSignature`
  /// @param reason for people, with a hint where one can be given
  record Unsigned(JobId job, String code, String reason) implements Claim {}

  /// Sector 0 holds the tombstone of an erase that was interrupted.
  ///
  /// @param job as written there
  /// @param proof identifier of the proof that allowed the erase
  /// @param mac HMAC over both, as the server made it
  record Entombed(JobId job, String proof, String mac) implements Claim {}

  /// Sector 0 says that the device is being filled for a job.
  ///
  /// @param job as written there
  /// @param mac HMAC over it, as the server made it
  record Begun(JobId job, String mac) implements Claim {}

  /// There is no `SIGNATURE`, or nothing that could be read as one.
  ///
  /// @param code `MissingSignature`, `InvalidSignature`, or `Blank` where there is no file system
  ///   and nothing but zeros was found: an erase that was not reported any more may be finished
  ///   then
  /// @param reason for people, with a hint where one can be given
  record None(String code, String reason) implements Claim {}
}
