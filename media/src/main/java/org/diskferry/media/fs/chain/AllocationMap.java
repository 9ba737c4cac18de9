package org.diskferry.media.fs.chain;

import java.util.List;
import org.diskferry.media.MediaException;

/// The volume's own map of used clusters, to be read forwards.
public interface AllocationMap {
  /// Whether clusters 64 × `index` + 2 and the 63 behind it are used, from the lowest bit up; those
  /// behind the last cluster are not. What cannot be read counts as used.
  long word(long index) throws MediaException;

  /// How many clusters, from the first on, it can tell of: the medium ends before it comes to the
  /// others.
  long known();

  /// What could not be read of it so far, one sentence each.
  List<String> remarks();
}
