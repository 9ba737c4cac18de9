package org.diskferry.job.manifest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// What became of reading a manifest.
public sealed interface ManifestResult {

  /// The buckets that it names, as far as they could be read, for whoever can ask the store.
  List<BucketUse> buckets();

  /// This result with faults that others found; none changes nothing.
  ManifestResult and(List<Fault> more);

  /// It can be carried out, as far as its text says.
  record Accepted(Manifest manifest, List<Warning> warnings, List<BucketUse> buckets)
      implements ManifestResult {

    /// Copies the lists.
    public Accepted {
      warnings = List.copyOf(warnings);
      buckets = List.copyOf(buckets);
    }

    @Override
    public ManifestResult and(List<Fault> more) {
      return more.isEmpty() ? this : new Refused(more, buckets);
    }
  }

  /// It cannot be carried out.
  ///
  /// @param faults all that was found, at least one, in the order of [FaultClass] and then of lines
  record Refused(List<Fault> faults, List<BucketUse> buckets) implements ManifestResult {

    /// Faults that one message lists: enough to mend a manifest in one go, few enough to read.
    private static final int MOST_LISTED = 50;

    /// Sorts and copies.
    public Refused {
      if (faults.isEmpty()) {
        throw new IllegalArgumentException("refused for nothing");
      }
      faults =
          faults.stream()
              .sorted(Comparator.comparing(Fault::cls).thenComparingInt(Fault::line))
              .toList();
      buckets = List.copyOf(buckets);
    }

    /// The class that names the answer.
    public FaultClass cls() {
      return faults.getFirst().cls();
    }

    /// The error code on the wire.
    public String code() {
      return cls().code();
    }

    /// The message on the wire: the class's own text, then every fault with its line.
    public String message() {
      String text = cls().text();
      String listed =
          faults.stream().limit(MOST_LISTED).map(Fault::toString).collect(Collectors.joining("; "));
      int rest = faults.size() - MOST_LISTED;
      return text
          + (text.endsWith(".") ? " " : ": ")
          + listed
          + (rest > 0 ? "; and %d more".formatted(rest) : "");
    }

    @Override
    public ManifestResult and(List<Fault> more) {
      List<Fault> all = new ArrayList<>(faults);
      all.addAll(more);
      return new Refused(all, buckets);
    }
  }
}
