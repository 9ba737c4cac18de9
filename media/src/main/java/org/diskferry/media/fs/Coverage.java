package org.diskferry.media.fs;

import java.util.List;

/// The result of comparing a volume's own allocation map with all that is known to use space: the
/// net under our own parsers. Every allocated unit must belong to a listed file, to known metadata,
/// or to a named exception.
///
/// @param unit bytes of an allocation unit
/// @param allocated units that the volume calls used
/// @param explained units of those that belong to something known
/// @param unexplained ranges of those that belong to nothing known; at most [#MOST_RANGES] are kept
/// @param contested ranges that two owners claim, or that are used and called free; likewise
/// @param exceptions what was explained by a named exception, one sentence each
public record Coverage(
    int unit,
    long allocated,
    long explained,
    List<Range> unexplained,
    List<Range> contested,
    List<String> exceptions) {

  /// Ranges beyond this many are counted and not kept: enough to find the cause, not to fill
  /// memory.
  public static final int MOST_RANGES = 1000;

  /// Units `[first, first + count)`.
  public record Range(long first, long count) {}

  /// Copies the lists.
  public Coverage {
    unexplained = List.copyOf(unexplained);
    contested = List.copyOf(contested);
    exceptions = List.copyOf(exceptions);
  }

  /// Allocated units that nothing explains.
  public long missing() {
    return allocated - explained;
  }
}
