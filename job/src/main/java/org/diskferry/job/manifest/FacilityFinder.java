package org.diskferry.job.manifest;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Finds the facility that a device is sent to: of an image, that of the operation's region; of
/// files, that of the region where the bucket lies.
final class FacilityFinder {
  private final Regions regions;
  private final BucketRegions buckets;
  private final Findings findings;

  FacilityFinder(Regions regions, BucketRegions buckets, Findings findings) {
    this.regions = regions;
    this.buckets = buckets;
    this.findings = findings;
  }

  Facility find(Kind kind, Fields top, List<Fields> operations) {
    return switch (kind) {
      case S3_IMPORT -> ofBucket(top.text("bucket"));
      case S3_EXPORT ->
          ofBucket(operations.isEmpty() ? "" : operations.getFirst().text("exportBucket"));
      case EBS_IMPORT -> ofRegion(operations, false);
      case GLACIER_IMPORT -> ofRegion(operations, true);
    };
  }

  private Facility ofBucket(String bucket) {
    Optional<String> region = bucket.isEmpty() ? Optional.empty() : buckets.regionOf(bucket);
    return region.flatMap(regions::facility).orElseGet(regions::home);
  }

  private Facility ofRegion(List<Fields> operations, boolean vault) {
    if (operations.isEmpty() || !operations.getFirst().has("region")) {
      return regions.home();
    }
    Fields operation = operations.getFirst();
    String region = operation.stripped("region");
    Optional<Facility> facility = regions.facility(region).filter(f -> f.vaults() || !vault);
    if (facility.isEmpty()) {
      findings.fault(
          FaultClass.INVALID_FIELD,
          operation.line("region"),
          "operations.region",
          "%s: possible values: %s".formatted(Shown.clip(region), known(vault)));
    }
    return facility.orElseGet(regions::home);
  }

  private String known(boolean vault) {
    return regions.facilities().stream()
        .filter(f -> f.vaults() || !vault)
        .map(Facility::region)
        .collect(Collectors.joining(", "));
  }
}
