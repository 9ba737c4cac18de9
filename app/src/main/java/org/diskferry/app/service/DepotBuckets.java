package org.diskferry.app.service;

import java.util.Optional;
import org.diskferry.access.Principal;
import org.diskferry.depot.Depot;
import org.diskferry.job.manifest.BucketUse;
import org.diskferry.server.query.BucketDirectory;

/// The buckets of the embedded depot, for those who check manifests.
record DepotBuckets(Depot depot) implements BucketDirectory {

  @Override
  public Optional<String> region(String bucket) {
    return depot.bucketRegion(bucket);
  }

  @Override
  public boolean isOpen(String bucket, Principal caller, BucketUse.Purpose purpose) {
    return switch (purpose) {
      case IMPORT, LOG -> depot.mayWrite(caller, bucket);
      case EXPORT -> depot.mayList(caller, bucket);
    };
  }
}
