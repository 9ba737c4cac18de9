package org.diskferry.job.manifest;

/// How fast a disk goes back.
public enum ServiceLevel {
  /// As any parcel.
  STANDARD,
  /// In two days; only from a facility in the United States to an address there.
  EXPEDITED
}
