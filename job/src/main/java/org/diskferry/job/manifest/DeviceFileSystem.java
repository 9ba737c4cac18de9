package org.diskferry.job.manifest;

/// The file systems that an export writes. Guide, "Export from Amazon S3 Manifest File Options".
public enum DeviceFileSystem {
  /// Of Windows.
  NTFS,
  /// Of Linux.
  EXT4
}
