package org.diskferry.mkfs;

/// The answer to a wish for room.
public sealed interface Reservation {

  /// Directories, name, and room for every byte are the file's.
  ///
  /// @param file number by which the volume knows it until it is finished or withdrawn
  record Reserved(long file) implements Reservation {}

  /// There is no room for all of it; nothing was changed.
  record Full() implements Reservation {}

  /// The file system cannot hold such a file; nothing was changed.
  ///
  /// @param reason for people: what it is about the path or the size
  record Refused(String reason) implements Reservation {}
}
