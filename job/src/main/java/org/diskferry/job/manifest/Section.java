package org.diskferry.job.manifest;

/// Where in a manifest an option stands.
enum Section {
  TOP(""),
  RETURN_ADDRESS("returnAddress."),
  CUSTOMS("customs."),
  OPERATION("operations.");

  private final String path;

  Section(String path) {
    this.path = path;
  }

  /// What stands before an option's name in messages.
  String path() {
    return path;
  }
}
