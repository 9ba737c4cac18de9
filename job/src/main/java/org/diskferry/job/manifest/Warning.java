package org.diskferry.job.manifest;

/// Something in an acceptable manifest that its author will want to know.
///
/// @param line where, counted from 1
/// @param option which option, as in [Fault]
/// @param message for people; never holds a secret
public record Warning(int line, String option, String message) {

  @Override
  public String toString() {
    return "line %d, %s: %s".formatted(line, option, message);
  }
}
