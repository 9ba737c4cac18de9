package org.diskferry.job.manifest;

/// Directories as manifests write them.
final class Directories {
  private Directories() {}

  /// Without blanks and slashes at the ends and without empty names; empty text is the root.
  static String trimmed(String directory) {
    return directory.strip().replaceAll("/{2,}", "/").replaceAll("^/|/$", "");
  }
}
