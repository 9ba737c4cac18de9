package org.diskferry.media.fs.hfsplus;

import org.diskferry.media.Bounds;
import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.FileTree;

/// The way in to HFS+ and HFSX volumes, wrapped or not. Plain HFS is not read.
///
/// Resource forks are streams, named `FILE:com.apple.ResourceFork`. Hard links to folders are told
/// as damage and not followed. What macOS compressed by other methods than zlib is unreadable, by
/// the method's name.
public final class HfsPlus {
  private HfsPlus() {}

  /// Whether `volume` begins with a volume header, or ends with the alternate one of a volume that
  /// fills it.
  ///
  /// @throws MediaException only when the device is gone
  public static boolean recognises(BlockSource volume) throws MediaException {
    return new HeaderSearch(volume).recognises();
  }

  /// Opens `volume`, with its journal replayed in memory; every operation on what is returned may
  /// spend `bounds` anew.
  ///
  /// @throws MediaException when neither volume header nor the catalogue's header can be read
  public static FileTree open(BlockSource volume, Bounds bounds) throws MediaException {
    HeaderSearch.Found found = new HeaderSearch(volume).find();
    Budget budget = new Budget(bounds);
    Blocks blocks = new Blocks(volume, found.space(), budget);
    Journal.Outcome journal = new Journal(found.header(), blocks).replay();
    if (!journal.replay().isEmpty()) {
      BlockSource replayed = new ReplayedSource(volume, journal.replay());
      found = new HeaderSearch(replayed).find();
      blocks = new Blocks(replayed, found.space(), budget);
    }
    return new HfsPlusTree(Structures.open(found.header(), blocks), found, journal, bounds);
  }
}
