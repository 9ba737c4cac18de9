package org.diskferry.job.manifest;

import java.util.Optional;

/// Where buckets lie. A job's facility, and so its customs, follow from it.
@FunctionalInterface
public interface BucketRegions {

  /// Region of a bucket; empty where there is no such bucket or it cannot be told now. The first
  /// facility of [Regions] is then assumed.
  Optional<String> regionOf(String bucket);

  /// Knows no bucket, as on the customer's desk.
  static BucketRegions unknown() {
    return bucket -> Optional.empty();
  }
}
