package org.diskferry.job.manifest;

/// The version that a manifest says it has.
final class ManifestVersion {
  private static final String NAME = "manifestVersion";

  private ManifestVersion() {}

  /// As written, without the one semicolon that old samples have behind it; empty where there is
  /// none.
  static String of(Value.Entries root) {
    return root.entries().stream()
        .filter(entry -> entry.name().text().equals(NAME))
        .map(entry -> entry.value() instanceof Value.Text text ? text.text().strip() : "")
        .map(text -> text.endsWith(";") ? text.substring(0, text.length() - 1).strip() : text)
        .findFirst()
        .orElse("");
  }

  static void check(Kind kind, String version, Fields top, Findings findings) {
    if (!top.has(NAME)) {
      return;
    }
    if (!kind.takes(version)) {
      findings.fault(
          FaultClass.INVALID_FIELD,
          top.line(NAME),
          NAME,
          "%s does not go with %s; it must be %s"
              .formatted(Shown.clip(version), kind.words(), kind.currentVersion()));
    } else if (!version.equals(kind.currentVersion())) {
      findings.warn(
          top.line(NAME),
          NAME,
          "%s is an old version and read as %s".formatted(version, kind.currentVersion()));
    }
  }
}
