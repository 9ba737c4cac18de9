package org.diskferry.server.testing;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diskferry.access.Principal;
import org.diskferry.job.manifest.BucketUse;
import org.diskferry.server.query.BucketDirectory;
import org.diskferry.server.query.UnavailableException;

/// Buckets in memory: a region each, and some that are closed to everybody.
public final class MemoryBuckets implements BucketDirectory {
  private final Map<String, String> regions = new HashMap<>();
  private final Set<String> closed = new HashSet<>();
  private boolean down;

  /// Adds a bucket that is open to everybody.
  public MemoryBuckets with(String bucket, String region) {
    regions.put(bucket, region);
    return this;
  }

  /// Adds a bucket that is open to nobody.
  public MemoryBuckets withClosed(String bucket, String region) {
    closed.add(bucket);
    return with(bucket, region);
  }

  /// From now on nothing can be asked.
  public void breakDown() {
    down = true;
  }

  @Override
  public Optional<String> region(String bucket) throws UnavailableException {
    if (down) {
      throw new UnavailableException("the store was broken by a test", new IllegalStateException());
    }
    return Optional.ofNullable(regions.get(bucket));
  }

  @Override
  public boolean isOpen(String bucket, Principal caller, BucketUse.Purpose purpose) {
    return !closed.contains(bucket);
  }
}
