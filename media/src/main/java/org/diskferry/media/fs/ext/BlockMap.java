package org.diskferry.media.fs.ext;

import org.diskferry.media.MediaException;

/// Walks the map from a file's blocks to those of the volume, in either of its two forms.
final class BlockMap {
  private final Layout layout;
  private final Blocks blocks;

  BlockMap(Layout layout, Blocks blocks) {
    this.layout = layout;
    this.blocks = blocks;
  }

  /// Delivers the runs of `inode` that end behind its block `from`, until `visitor` has enough.
  ///
  /// @throws MediaException `DAMAGED` where the map contradicts itself or leads outside; what was
  ///   delivered before may be wrong as well
  void walk(Inode inode, long from, MapVisitor visitor) throws MediaException {
    if (!inode.hasMap(layout)) {
      return;
    }
    if (inode.mapChanges().isEmpty()) {
      stored(inode, from, visitor);
    } else {
      changed(inode, from, visitor);
    }
  }

  private void changed(Inode inode, long from, MapVisitor visitor) throws MediaException {
    ChangedMap map = new ChangedMap(layout.geometry(), inode, visitor);
    if (!inode.mapChanges().dropsAll()) {
      stored(inode, 0, map);
    }
    for (FastCommit range : inode.mapChanges().ranges()) {
      blocks.budget().chargeStep();
      map.apply(range);
    }
    for (Run run : map.runs()) {
      if (run.logicalEnd() > from && !visitor.run(run)) {
        return;
      }
    }
  }

  private void stored(Inode inode, long from, MapVisitor visitor) throws MediaException {
    if (inode.hasExtents()) {
      new ExtentTree(layout, blocks, inode, from, visitor).walk();
    } else {
      new IndirectTree(layout, blocks, inode, from, visitor).walk();
    }
  }
}
