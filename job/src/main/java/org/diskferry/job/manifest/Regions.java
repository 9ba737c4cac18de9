package org.diskferry.job.manifest;

import java.util.List;
import java.util.Optional;

/// The regions of a site and their facilities.
///
/// @param facilities at least one; the first is assumed where a bucket's region is not known
public record Regions(List<Facility> facilities) {

  /// Checks that there is one.
  public Regions {
    facilities = List.copyOf(facilities);
    if (facilities.isEmpty()) {
      throw new IllegalArgumentException("a site has at least one region");
    }
  }

  /// The guide's five ("Import to Amazon EBS Manifest File Options", region).
  public static Regions ofGuide() {
    Country us = new Country("US");
    return new Regions(
        List.of(
            new Facility("us-east-1", us, true),
            new Facility("us-west-1", us, true),
            new Facility("us-west-2", us, true),
            new Facility("eu-west-1", new Country("IE"), true),
            new Facility("ap-southeast-1", new Country("SG"), false)));
  }

  /// The facility of a region.
  public Optional<Facility> facility(String region) {
    return facilities.stream().filter(f -> f.region().equals(region)).findFirst();
  }

  /// The facility that is assumed where nothing is known.
  public Facility home() {
    return facilities.getFirst();
  }
}
