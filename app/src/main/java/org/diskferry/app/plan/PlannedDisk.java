package org.diskferry.app.plan;

import java.util.List;

/// What goes onto one disk.
///
/// @param ranges of keys, in order; more than one where something between them is left out
/// @param objects how many
/// @param bytes of their contents
/// @param full how much of the file system that holds them is used then, metadata and what is kept
///   back counted: up to 1
record PlannedDisk(List<Range> ranges, long objects, long bytes, double full) {

  /// Keys, as an operation of a manifest says it.
  ///
  /// @param beginMarker only keys after this one; empty: from the start
  /// @param endMarker only keys up to and with this one
  record Range(String beginMarker, String endMarker) {}

  PlannedDisk {
    ranges = List.copyOf(ranges);
  }
}
