package org.diskferry.store.s3;

import java.util.ArrayList;
import java.util.List;
import org.diskferry.access.signing.Header;
import org.diskferry.store.StoreException;

/// Which storage classes a store takes, and whether it says so of the object afterwards.
final class ClassTrials {
  private static final List<String> CLASSES =
      List.of(
          "STANDARD",
          "REDUCED_REDUNDANCY",
          "STANDARD_IA",
          "ONEZONE_IA",
          "INTELLIGENT_TIERING",
          "GLACIER",
          "DEEP_ARCHIVE");

  /// What the manifests of old can name.
  private static final List<String> NAMED = List.of("STANDARD", "REDUCED_REDUNDANCY");

  private final Trial trial;

  ClassTrials(Trial trial) {
    this.trial = trial;
  }

  List<Finding> run() throws StoreException {
    List<Finding> findings = new ArrayList<>();
    for (String name : CLASSES) {
      findings.add(ask(name));
    }
    return findings;
  }

  private Finding ask(String name) throws StoreException {
    Trial.Outcome outcome =
        Trial.tried(() -> trial.put("class", new Header("x-amz-storage-class", name)));
    if (!outcome.done()) {
      String found = "refused: " + outcome.said();
      return NAMED.contains(name)
          ? Finding.degrades("class", name, found, "jobs that name it get 400 for every file")
          : Finding.note("class", name, found);
    }
    String told = trial.make("HEAD", "class", "").field("x-amz-storage-class").orElse("STANDARD");
    return told.equals(name)
        ? Finding.good("class", name, "kept")
        : Finding.note("class", name, "taken as " + told);
  }
}
