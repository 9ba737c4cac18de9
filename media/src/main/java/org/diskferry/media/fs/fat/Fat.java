package org.diskferry.media.fs.fat;

import java.nio.charset.Charset;
import org.diskferry.media.Bounds;
import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.ClaimedSource;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Volume;
import org.diskferry.media.fs.chain.AllocationTable;
import org.diskferry.media.fs.chain.ChainedTree;
import org.diskferry.media.fs.chain.EntryWidth;
import org.diskferry.media.fs.chain.Layout;
import org.diskferry.media.fs.chain.Storage;

/// The way in to FAT12, FAT16 and FAT32 volumes.
public final class Fat {
  /// In which short names and labels are taken to be written: what DOS used where nothing is said.
  public static final Charset CODE_PAGE = Charset.forName("IBM437");

  private Fat() {}

  /// Whether `volume` begins with the boot sector of a FAT volume, or has lost it and kept the
  /// backup.
  ///
  /// @throws MediaException only when the device is gone
  public static boolean recognises(BlockSource volume) throws MediaException {
    try {
      new BootSearch(volume).find();
      return true;
    } catch (MediaException e) {
      e.localReason();
      return false;
    }
  }

  /// Opens `volume`; every operation on what is returned may spend `bounds` anew.
  ///
  /// @throws MediaException when neither the boot sector nor a backup of it can be believed
  public static FileTree open(BlockSource volume, Bounds bounds) throws MediaException {
    return open(volume, bounds, CODE_PAGE);
  }

  /// The same with short names in another code page.
  public static FileTree open(BlockSource volume, Bounds bounds, Charset codePage)
      throws MediaException {
    BootSearch.Found found = new BootSearch(volume).find();
    BootSector boot = found.boot();
    BlockSource claimed = new ClaimedSource(volume, boot.size());
    Layout.Root root =
        boot.width() == EntryWidth.FAT32
            ? new Layout.Root.Chained(Storage.chained(boot.rootCluster(), Storage.UNKNOWN))
            : new Layout.Root.Fixed(boot.rootStart(), boot.rootLength());
    Layout layout = new Layout(volume, boot.heap(), boot.table(), root);
    FatDialect dialect = new FatDialect(boot.width(), new ShortNames(codePage));
    String label = new Label(layout, claimed, dialect, bounds).find(boot.label());
    Volume own =
        new Volume(
            boot.width().name(),
            label,
            boot.uuid(),
            boot.clusterSize(),
            boot.size(),
            -1,
            state(boot, claimed, bounds));
    return new ChainedTree(layout, dialect, own, found.remarks(), bounds);
  }

  // The second entry of the table has two bits that are cleared while a volume is mounted, and when
  // the medium failed. What cannot be read is not known to be clean.
  private static Volume.State state(BootSector boot, BlockSource claimed, Bounds bounds)
      throws MediaException {
    long mask = boot.width().mask();
    long both =
        switch (boot.width()) {
          case FAT12 -> 0;
          case FAT16 -> 0xC000L;
          case FAT32, EXFAT -> 0x0C00_0000L;
        };
    try {
      AllocationTable table = new AllocationTable(claimed, boot.table(), new Budget(bounds));
      boolean isClean = !boot.isMarked() && (table.raw(1) & mask & both) == both;
      return isClean ? Volume.State.CLEAN : Volume.State.DIRTY;
    } catch (MediaException e) {
      e.localReason();
      return Volume.State.DIRTY;
    }
  }
}
