package org.diskferry.media.partition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;

/// Finds the partition tables that a device may carry.
///
/// Enclosures translate between sectors of 512 and 4,096 bytes, so a table may count in either,
/// whatever the device says: every reading that makes sense is offered, and who knows what file
/// systems look like chooses between them.
public final class PartitionTables {
  private static final int[] UNITS = {512, 4096};

  private PartitionTables() {}

  /// All tables that the device could be read by, the likeliest first; empty where there is none.
  ///
  /// @throws MediaException when the device cannot be read; a damaged table is not an exception
  public static List<PartitionTable> candidates(BlockSource device) throws MediaException {
    List<PartitionTable> gpts = new ArrayList<>();
    List<PartitionTable> mbrs = new ArrayList<>();
    for (int unit : UNITS) {
      Optional<PartitionTable> gpt = GuidTable.read(device, unit);
      gpt.ifPresent(gpts::add);
      Optional<PartitionTable> mbr = MasterBootRecord.read(device, unit);
      mbr.ifPresent(mbrs::add);
    }
    gpts.addAll(mbrs);
    return gpts;
  }
}
