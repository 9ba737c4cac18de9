package org.diskferry.job.manifest;

/// A bucket that a manifest names. Whether it exists, where it lies and whether the caller may use
/// it so is for others to find out.
///
/// @param bucket its name
/// @param purpose what for
/// @param line where it is named
/// @param option which option names it
public record BucketUse(String bucket, Purpose purpose, int line, String option) {

  /// What a bucket is used for.
  public enum Purpose {
    /// Objects are put there.
    IMPORT,
    /// Objects are listed and read there.
    EXPORT,
    /// The log and what belongs to the job are put there.
    LOG
  }
}
