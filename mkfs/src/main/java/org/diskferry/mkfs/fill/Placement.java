package org.diskferry.mkfs.fill;

import java.util.List;
import org.diskferry.media.block.Extent;

/// Where a new file's bytes belong.
public sealed interface Placement {

  /// Into these runs of the volume, which cover the whole file, in logical order; what of the last
  /// block lies behind the file's end is not part of them.
  ///
  /// @param file number of the file
  record Runs(long file, List<Extent> runs) implements Placement {
    /// Copies the list.
    public Runs {
      runs = List.copyOf(runs);
    }
  }

  /// Into the metadata: all of it is handed to [Filler#fill].
  record Inline(long file) implements Placement {}

  /// Nowhere: there is no room for all of it, and nothing was changed.
  record Full() implements Placement {}

  /// Nowhere: the file system cannot hold such a file, and nothing was changed.
  record Refused(String reason) implements Placement {}
}
