package org.diskferry.media.fs.ext;

import java.util.ArrayList;
import java.util.List;
import org.diskferry.media.Bounds;
import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.FileTree;

/// ext2, ext3 and ext4. Nothing is promised about volumes with compression, with Lustre's directory
/// data, or with their journal on another device: the first two are refused by name, the last where
/// its journal is needed.
public final class Ext {
  private Ext() {}

  /// Whether `volume` begins with a superblock, or has lost it and kept a backup.
  public static boolean recognises(BlockSource volume) throws MediaException {
    return new SuperblockSearch(volume).recognises();
  }

  /// Opens `volume`, with its journal replayed in memory.
  ///
  /// @throws MediaException `UNSUPPORTED` with the names of the features, or `DAMAGED` when neither
  ///   superblock nor journal can be believed
  public static FileTree open(BlockSource volume, Bounds bounds) throws MediaException {
    SuperblockSearch.Found found = new SuperblockSearch(volume).find();
    Journal.Outcome outcome = new Journal(volume, found, new Budget(bounds)).replay();
    List<String> remarks = new ArrayList<>(found.remarks());
    remarks.addAll(outcome.replay().remarks());
    if (outcome.replay().isEmpty()) {
      return new ExtTree(volume, found.layout().with(outcome.changes()), outcome, remarks, bounds);
    }
    BlockSource replayed =
        new ReplayedSource(volume, outcome.replay(), found.layout().geometry().blockSize());
    Layout layout = new SuperblockSearch(replayed).find().layout();
    return new ExtTree(replayed, layout.with(outcome.changes()), outcome, remarks, bounds);
  }
}
