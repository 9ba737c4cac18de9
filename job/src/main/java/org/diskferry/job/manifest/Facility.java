package org.diskferry.job.manifest;

/// Where the disks of a region are sent.
///
/// @param region as buckets and operations name it
/// @param country where the house stands; what crosses its border needs customs papers
/// @param vaults whether archives can be put there
public record Facility(String region, Country country, boolean vaults) {}
