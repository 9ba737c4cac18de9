package org.diskferry.job;

import java.util.Arrays;
import java.util.Optional;

/// Which way the data goes.
public enum JobType {
  /// From a disk into a store.
  IMPORT("Import"),
  /// From a store onto a disk.
  EXPORT("Export");

  private final String word;

  JobType(String word) {
    this.word = word;
  }

  /// The word on the wire: `Import` or `Export`.
  public String word() {
    return word;
  }

  /// From the word on the wire, in any case: clients send `import` as well.
  public static Optional<JobType> of(String word) {
    return Arrays.stream(values()).filter(t -> t.word.equalsIgnoreCase(word)).findFirst();
  }
}
