package org.diskferry.mkfs;

import java.time.Instant;

/// What is to be made.
///
/// @param fileSystem which
/// @param label the volume's name: 1 to 16 characters of ASCII, what both file systems hold
/// @param made when the volume and its directories are said to have been made
public record NewVolume(FileSystem fileSystem, String label, Instant made) {

  /// Checks the label.
  public NewVolume {
    if (label.isEmpty() || label.length() > 16 || !label.chars().allMatch(c -> c > 32 && c < 127)) {
      throw new IllegalArgumentException("label " + label);
    }
  }
}
