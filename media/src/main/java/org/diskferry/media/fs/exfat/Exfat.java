package org.diskferry.media.fs.exfat;

import java.util.ArrayList;
import java.util.List;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.ClaimedSource;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Volume;
import org.diskferry.media.fs.chain.ChainedTree;
import org.diskferry.media.fs.chain.Layout;
import org.diskferry.media.fs.chain.MapSources;
import org.diskferry.media.fs.chain.RootReader;
import org.diskferry.media.fs.chain.Storage;

/// The way in to exFAT volumes.
public final class Exfat {
  /// All 65,536 units, two bytes each, not compressed.
  private static final int MOST_UP_CASE_BYTES = 128 << 10;

  private Exfat() {}

  /// Whether `volume` begins with an exFAT boot region, or has lost it and kept the backup.
  ///
  /// @throws MediaException only when the device is gone
  public static boolean recognises(BlockSource volume) throws MediaException {
    try {
      new BootRegion(volume).find();
      return true;
    } catch (MediaException e) {
      e.localReason();
      return false;
    }
  }

  /// Opens `volume`; every operation on what is returned may spend `bounds` anew.
  ///
  /// @throws MediaException when neither the boot region nor its backup can be believed
  public static FileTree open(BlockSource volume, Bounds bounds) throws MediaException {
    BootRegion.Found found = new BootRegion(volume).find();
    BootSector boot = found.boot();
    Storage rootStorage = Storage.chained(boot.rootCluster(), Storage.UNKNOWN);
    Layout layout =
        new Layout(volume, boot.heap(), boot.table(), new Layout.Root.Chained(rootStorage));
    RootEntries root = new RootEntries(boot.activeMap());
    BlockSource claimed = new ClaimedSource(volume, boot.size());
    new RootReader(layout, claimed, bounds).read(root);
    List<String> remarks = new ArrayList<>(found.remarks());
    checkUpCaseTable(root, MapSources.of(layout, claimed, bounds), remarks);
    Volume own =
        new Volume(
            "exFAT", root.label(), boot.uuid(), boot.clusterSize(), boot.size(), -1, found.state());
    return new ChainedTree(layout, new ExfatDialect(root), own, remarks, bounds);
  }

  // Names are compared by it, which is not done here: what is wrong is told, and costs nothing.
  private static void checkUpCaseTable(RootEntries root, MapSources sources, List<String> remarks)
      throws MediaException {
    if (root.upCaseTable().isEmpty()) {
      remarks.add("the root directory names no up-case table");
      return;
    }
    try {
      int sum = Checksum.ofTable(sources.bytes(root.upCaseTable().get(), MOST_UP_CASE_BYTES));
      if (sum != root.upCaseChecksum()) {
        remarks.add("the checksum of the up-case table is wrong");
      }
    } catch (MediaException e) {
      remarks.add("the up-case table: " + e.localReason());
    }
  }
}
