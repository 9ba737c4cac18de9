package org.diskferry.station.load;

import org.diskferry.job.dispatch.EraseProof;

/// How the comparison with the store ended.
public sealed interface ProofResult {

  /// The store holds all of it, unchanged.
  record Proven(EraseProof proof) implements ProofResult {}

  /// It does not.
  ///
  /// @param message which files, and in what they differ
  record NotProven(String message) implements ProofResult {}

  /// It was abandoned: nothing is known.
  record Abandoned() implements ProofResult {}
}
