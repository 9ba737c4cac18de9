package org.diskferry.job.manifest;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.diskferry.job.JobType;

/// The kinds of job, each with the versions of the manifest that go with it.
enum Kind {
  S3_IMPORT("an import to S3", "2.0"),
  S3_EXPORT("an export from S3", "2.0"),
  EBS_IMPORT("an import to EBS", "3.0"),
  GLACIER_IMPORT("an import to Glacier", "3.0");

  private static final String FILES = "2.0";

  /// Older versions for files, which are read as if they were the current one.
  private static final Set<String> OLDER = Set.of("1.0", "1.1", "1.2", "1.3");

  private final String words;
  private final String currentVersion;

  Kind(String words, String currentVersion) {
    this.words = words;
    this.currentVersion = currentVersion;
  }

  /// For people.
  String words() {
    return words;
  }

  boolean takes(String version) {
    return version.equals(currentVersion)
        || (currentVersion.equals(FILES) && OLDER.contains(version));
  }

  String currentVersion() {
    return currentVersion;
  }

  /// The kind of a manifest, from where its data goes; the version decides only where nothing else
  /// says it.
  static Kind of(JobType type, Value.Entries root, String version) {
    return switch (type) {
      case EXPORT -> S3_EXPORT;
      case IMPORT ->
          destination(root)
              .orElseGet(
                  () -> has(root, "bucket") || !EBS_IMPORT.takes(version) ? S3_IMPORT : EBS_IMPORT);
    };
  }

  /// The kind that the operations say: by their destination, or by what only archives have.
  private static Optional<Kind> destination(Value.Entries root) {
    List<Value.Entry> options =
        root.entries().stream()
            .filter(entry -> entry.name().text().equals("operations"))
            .flatMap(entry -> entry.value() instanceof Value.Items i ? i.items().stream() : null)
            .flatMap(item -> item instanceof Value.Entries e ? e.entries().stream() : null)
            .toList();
    Optional<Kind> said =
        options.stream()
            .filter(entry -> entry.name().text().equals("destination"))
            .flatMap(entry ->
                entry.value() instanceof Value.Text text
                    ? ofDestination(text.text().strip()).stream()
                    : null)
            .findFirst();
    return said.or(() ->
        options.stream()
            .filter(entry -> Options.isOnlyIn(GLACIER_IMPORT, entry.name().text()))
            .map(entry -> GLACIER_IMPORT)
            .findFirst());
  }

  private static Optional<Kind> ofDestination(String word) {
    if (word.equalsIgnoreCase("ebs-snapshot")) {
      return Optional.of(EBS_IMPORT);
    }
    return word.equalsIgnoreCase("glacier") ? Optional.of(GLACIER_IMPORT) : Optional.empty();
  }

  private static boolean has(Value.Entries root, String name) {
    return root.entries().stream().anyMatch(entry -> entry.name().text().equals(name));
  }
}
