package org.diskferry.server.query;

import java.util.Optional;
import org.diskferry.access.Principal;
import org.diskferry.job.manifest.BucketUse;

/// The buckets that jobs may name: those of the depot, or of the store that was configured.
public interface BucketDirectory {

  /// Region of a bucket; empty where there is no such bucket.
  Optional<String> region(String bucket) throws UnavailableException;

  /// Whether the bucket itself is open to the caller for this: it is the account's, or its owner
  /// lets them. What the caller's policies say is not asked here.
  boolean isOpen(String bucket, Principal caller, BucketUse.Purpose purpose)
      throws UnavailableException;
}
