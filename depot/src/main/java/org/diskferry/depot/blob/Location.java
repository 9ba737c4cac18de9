package org.diskferry.depot.blob;

import java.util.UUID;

/// Where a blob lies.
///
/// @param file random name of the file
/// @param packed whether the file holds many blobs
/// @param at byte in the file where the blob begins; 0 in a loose file
/// @param length bytes of the blob, at least 1
public record Location(UUID file, boolean packed, long at, long length) {

  /// Checks the numbers.
  public Location {
    if (at < 0 || length < 1 || (!packed && at != 0)) {
      throw new IllegalArgumentException("no blob lies at " + at + " with " + length + " bytes");
    }
  }
}
