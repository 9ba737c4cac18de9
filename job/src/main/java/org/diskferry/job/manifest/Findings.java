package org.diskferry.job.manifest;

import java.util.ArrayList;
import java.util.List;

/// Collects what is found while a manifest is read.
final class Findings {
  /// Faults kept of one manifest; whoever has mended a hundred will send it again.
  private static final int MOST_FAULTS = 100;

  private final List<Fault> faults = new ArrayList<>();
  private final List<Warning> warnings = new ArrayList<>();
  private final List<BucketUse> buckets = new ArrayList<>();

  void fault(FaultClass cls, int line, String option, String message) {
    Fault fault = new Fault(cls, line, option, message);
    if (faults.size() < MOST_FAULTS) {
      faults.add(fault);
    } else if (faults.stream().allMatch(kept -> kept.cls().compareTo(cls) > 0)) {
      // the class that names the answer is never lost to the limit
      faults.set(0, fault);
    }
  }

  /// Whether another fault of a class that is there already will not be kept.
  boolean isFull() {
    return faults.size() >= MOST_FAULTS;
  }

  void warn(int line, String option, String message) {
    warnings.add(new Warning(line, option, message));
  }

  void use(BucketUse bucket) {
    buckets.add(bucket);
  }

  List<Fault> faults() {
    return faults;
  }

  List<Warning> warnings() {
    return warnings;
  }

  List<BucketUse> buckets() {
    return buckets;
  }
}
