package org.diskferry.mkfs;

import java.util.List;

/// Where a file lies on its volume: the names of its directories from the root on, then its own.
///
/// What a name may hold is for the file system to say ([Reservation.Refused]); here it is only
/// certain that nothing leaves the root.
public record FilePath(List<String> names) {

  /// Checks that there is a name, and that none is empty, `.` or `..`, or has a slash or a zero.
  public FilePath {
    names = List.copyOf(names);
    if (names.isEmpty() || names.stream().anyMatch(FilePath::leaves)) {
      throw new IllegalArgumentException("path " + names);
    }
  }

  private static boolean leaves(String name) {
    return name.isEmpty()
        || name.equals(".")
        || name.equals("..")
        || name.indexOf('/') >= 0
        || name.indexOf(0) >= 0;
  }

  /// With slashes between the names.
  @Override
  public String toString() {
    return String.join("/", names);
  }
}
