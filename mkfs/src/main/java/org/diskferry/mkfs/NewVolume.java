package org.diskferry.mkfs;

import java.time.Instant;

/// What is to be made.
///
/// @param fileSystem which
/// @param label the volume's name: 1 to 16 characters of ASCII, what both file systems hold
/// @param made when the volume is said to have been made
/// @param files about how many files and directories it will hold: room for their metadata is set
///   aside where that must be done beforehand; 0 where nobody knows
public record NewVolume(FileSystem fileSystem, String label, Instant made, long files) {

  /// Checks the label.
  public NewVolume {
    if (label.isEmpty() || label.length() > 16 || !label.chars().allMatch(c -> c > 32 && c < 127)) {
      throw new IllegalArgumentException("label " + label);
    }
  }
}
