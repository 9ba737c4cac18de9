package org.diskferry.server.query;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.diskferry.job.manifest.BucketRegions;
import org.jspecify.annotations.Nullable;

/// Asks for each bucket of one manifest once. Trouble with asking is kept until [#check], because
/// whoever reads a manifest cannot pass it on.
final class BucketLookup implements BucketRegions {
  /// An account has a hundred buckets; each costs a question to the store.
  static final int MAX_BUCKETS = 100;

  private final BucketDirectory directory;
  private final Map<String, Optional<String>> known = new HashMap<>();
  private @Nullable UnavailableException trouble;

  BucketLookup(BucketDirectory directory) {
    this.directory = directory;
  }

  @Override
  public Optional<String> regionOf(String bucket) {
    Optional<String> region = known.get(bucket);
    if (region == null) {
      region = ask(bucket);
      known.put(bucket, region);
    }
    return region;
  }

  /// Whether so many buckets were asked for that some were not.
  boolean isFull() {
    return known.size() > MAX_BUCKETS;
  }

  void check() throws UnavailableException {
    if (trouble != null) {
      throw trouble;
    }
  }

  private Optional<String> ask(String bucket) {
    if (trouble != null || known.size() >= MAX_BUCKETS) {
      return Optional.empty();
    }
    try {
      return directory.region(bucket);
    } catch (UnavailableException e) {
      trouble = e;
      return Optional.empty();
    }
  }
}
