package org.diskferry.media.fs.ext;

import org.diskferry.media.MediaException;

/// Receives where a file's blocks are.
@FunctionalInterface
interface MapVisitor {
  /// The next run; logical order, not overlapping.
  ///
  /// @return whether to go on
  boolean run(Run run) throws MediaException;

  /// A block that belongs to the map itself.
  default void mapBlock(long block) throws MediaException {}
}
