package org.diskferry.mkfs;

import java.nio.file.Path;

/// Where a volume is put: a range of a device or image.
///
/// @param device the device or image
/// @param start first byte of the volume on it
/// @param size bytes of the volume
/// @param notes file in which the writer keeps what it needs to go on after a sudden end; its
///   folder exists, and it is on another disk than the volume
public record Medium(Path device, long start, long size, Path notes) {

  /// Checks the range.
  public Medium {
    if (start < 0 || size <= 0) {
      throw new IllegalArgumentException("volume of " + size + " bytes at " + start);
    }
    Math.addExact(start, size);
  }
}
