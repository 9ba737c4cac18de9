package org.diskferry.job.manifest;

/// One thing that is wrong with a manifest.
///
/// @param cls which kind
/// @param line where, counted from 1; of an option that is absent, the line of what lacks it
/// @param option which option, as `returnAddress.country` where it lies inside another; empty where
///   the text as a whole is meant
/// @param message what is wrong and what to do, for people; never holds a secret
public record Fault(FaultClass cls, int line, String option, String message) {

  @Override
  public String toString() {
    return option.isEmpty()
        ? "line %d: %s".formatted(line, message)
        : "line %d, %s: %s".formatted(line, option, message);
  }
}
