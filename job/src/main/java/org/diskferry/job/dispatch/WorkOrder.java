package org.diskferry.job.dispatch;

import org.diskferry.job.JobId;
import org.diskferry.job.manifest.Manifest;
import org.diskferry.job.manifest.S3ImportManifest;

/// What a station is to do with a device.
public sealed interface WorkOrder {

  /// Whose device it is.
  JobId job();

  /// Grows with every manifest that replaces another. What has the same bucket, key and headers
  /// under a new revision stays proven.
  int revision();

  /// Read the files of the device into a bucket, then erase.
  ///
  /// @param manifest as the customer wrote it, validated
  /// @param logBucket where the log goes
  /// @param logKey key of the log there
  /// @param rowsWaived whether the customer has waived the rows that are errors under this revision
  record Load(
      JobId job,
      int revision,
      S3ImportManifest manifest,
      String logBucket,
      String logKey,
      boolean rowsWaived)
      implements WorkOrder {}

  /// Make a volume on the device and put objects on it.
  ///
  /// @param manifest as the customer wrote it, validated
  /// @param logBucket where the log goes
  /// @param logKey key of the log there
  /// @param mark the server's HMAC that stands on the device while it is being filled, in hex: with
  ///   it the device is known again when nothing else on it can be read
  /// @param locked whether the device has a lock of its own and nobody has confirmed that it is
  ///   open: nothing is to be written then
  record Fill(
      JobId job,
      int revision,
      Manifest.S3Export manifest,
      String logBucket,
      String logKey,
      String mark,
      boolean locked)
      implements WorkOrder {}

  /// Finish an erase that was authorized and interrupted.
  ///
  /// @param proof that allowed it
  /// @param mac for the tombstone
  record FinishErase(JobId job, int revision, String proof, String mac) implements WorkOrder {}

  /// Nothing is to be done with the device but to keep it until a person decides: on hold, or
  /// finished.
  record Keep(JobId job, int revision, String why) implements WorkOrder {}
}
