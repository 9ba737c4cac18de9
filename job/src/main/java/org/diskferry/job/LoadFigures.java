package org.diskferry.job;

/// The figures of a load, or of a filling, that has ended.
///
/// @param files files stored, or objects written
/// @param bytes bytes stored
/// @param ignored rows with status 103
/// @param errors rows with status 400 and above
public record LoadFigures(long files, long bytes, long ignored, long errors) {
  /// Nothing was loaded.
  public static final LoadFigures NONE = new LoadFigures(0, 0, 0, 0);

  /// Checks that nothing is negative.
  public LoadFigures {
    if (files < 0 || bytes < 0 || ignored < 0 || errors < 0) {
      throw new IllegalArgumentException("a figure is negative");
    }
  }
}
