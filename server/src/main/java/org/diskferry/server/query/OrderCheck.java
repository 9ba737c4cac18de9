package org.diskferry.server.query;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.diskferry.access.Principal;
import org.diskferry.job.JobType;
import org.diskferry.job.manifest.BucketUse;
import org.diskferry.job.manifest.Fault;
import org.diskferry.job.manifest.FaultClass;
import org.diskferry.job.manifest.ManifestReader;
import org.diskferry.job.manifest.ManifestResult;
import org.diskferry.job.manifest.Submission;
import org.diskferry.job.manifest.Warning;

/// Checks a submitted manifest: its text is read, its buckets are looked up, and the caller's
/// rights on them. All faults come in one answer.
final class OrderCheck {
  /// What the reminder of the erase begins with.
  private static final String BANNER = "****";

  private final ManifestReader manifests;
  private final BucketDirectory buckets;

  OrderCheck(ManifestReader manifests, BucketDirectory buckets) {
    this.manifests = manifests;
    this.buckets = buckets;
  }

  /// What the author of a good manifest will want to know; empty where there is nothing.
  String check(Principal caller, JobType type, String text)
      throws QueryException, UnavailableException {
    BucketLookup lookup = new BucketLookup(buckets);
    ManifestResult read = manifests.read(new Submission(type, text, caller.key().value()), lookup);
    List<Fault> faults = new ArrayList<>();
    Set<String> regions = new TreeSet<>();
    Set<Fault> seen = new HashSet<>();
    for (BucketUse use : read.buckets()) {
      Optional<String> region = lookup.regionOf(use.bucket());
      lookup.check();
      region.ifPresent(regions::add);
      faults(caller, use, region.isPresent(), read, lookup).stream()
          .filter(seen::add)
          .forEach(faults::add);
    }
    lookup.check();
    if (regions.size() > 1) {
      faults.add(severalRegions(read, regions));
    }
    return switch (read.and(faults)) {
      case ManifestResult.Accepted good -> warning(good.warnings());
      case ManifestResult.Refused bad ->
          throw new QueryException(ErrorCode.of(bad.code()), bad.message());
    };
  }

  private List<Fault> faults(
      Principal caller, BucketUse use, boolean exists, ManifestResult read, BucketLookup lookup)
      throws UnavailableException {
    if (!exists) {
      return List.of(noSuchBucket(use, lookup));
    }
    List<String> missing = new ArrayList<>(BucketRights.missing(caller, use));
    if (read instanceof ManifestResult.Accepted good) {
      missing.addAll(BucketRights.missing(caller, use, good.manifest()));
    }
    List<Fault> faults = new ArrayList<>();
    if (!missing.isEmpty()) {
      faults.add(
          denied(
              use,
              "user %s needs %s on bucket %s"
                  .formatted(caller.user(), String.join(", ", missing), use.bucket())));
    }
    if (!buckets.isOpen(use.bucket(), caller, use.purpose())) {
      faults.add(denied(use, "bucket %s is not open to your account".formatted(use.bucket())));
    }
    return faults;
  }

  private static Fault noSuchBucket(BucketUse use, BucketLookup lookup) {
    return lookup.isFull()
        ? new Fault(
            FaultClass.INVALID_FIELD,
            use.line(),
            use.option(),
            "more than %d different buckets".formatted(BucketLookup.MAX_BUCKETS))
        : new Fault(
            FaultClass.NO_SUCH_BUCKET,
            use.line(),
            use.option(),
            "there is no bucket " + Quote.of(use.bucket()));
  }

  private static Fault denied(BucketUse use, String message) {
    return new Fault(FaultClass.BUCKET_PERMISSION, use.line(), use.option(), message);
  }

  private static Fault severalRegions(ManifestResult read, Set<String> regions) {
    BucketUse last = read.buckets().getLast();
    return new Fault(
        FaultClass.MULTIPLE_REGIONS,
        last.line(),
        last.option(),
        "the buckets lie in " + String.join(" and ", regions));
  }

  /// What clients compare stands alone, and first; the rest is told with its place.
  private static String warning(List<Warning> warnings) {
    Stream<String> banners =
        warnings.stream().map(Warning::message).filter(m -> m.startsWith(BANNER));
    Stream<String> others =
        warnings.stream().filter(w -> !w.message().startsWith(BANNER)).map(Warning::toString);
    return Stream.concat(banners, others).collect(Collectors.joining("\n"));
  }
}
