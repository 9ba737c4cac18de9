package org.diskferry.media.fs.hfsplus;

import java.util.List;
import org.diskferry.media.MediaException;

/// Where the runs of a fork go on that did not fit where it is described.
@FunctionalInterface
interface Overflow {
  /// For what cannot have more.
  Overflow NONE = _ -> List.of();

  /// The next runs, of which the first begins at block `from` of the fork; empty where there are
  /// none.
  List<BlockRun> next(long from) throws MediaException;
}
