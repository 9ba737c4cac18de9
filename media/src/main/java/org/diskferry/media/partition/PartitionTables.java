package org.diskferry.media.partition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
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
  /// @throws MediaException only when the device is gone; a table that is damaged or cannot be read
  ///   is not an exception
  public static List<PartitionTable> candidates(BlockSource device) throws MediaException {
    List<PartitionTable> tables = new ArrayList<>();
    List<PartitionTable> mbrs = new ArrayList<>();
    for (int unit : UNITS) {
      read(GuidTable::read, device, unit).ifPresent(tables::add);
      read(MasterBootRecord::read, device, unit).ifPresent(mbrs::add);
    }
    if (tables.isEmpty() || !isProtected(device)) {
      tables.addAll(appleMaps(device));
      tables.addAll(mbrs);
    }
    return tables.stream().map(PartitionTables::withOverlaps).toList();
  }

  /// Whether sector 0 says that the device has a GPT.
  public static boolean isProtected(BlockSource device) throws MediaException {
    try {
      return MasterBootRecord.protectedEnd(device).isPresent();
    } catch (MediaException e) {
      rethrowIfGone(e);
      return false;
    }
  }

  /// One way to read a table.
  @FunctionalInterface
  private interface Reading {
    Optional<PartitionTable> read(BlockSource device, int unit) throws MediaException;
  }

  private static Optional<PartitionTable> read(Reading reading, BlockSource device, int unit)
      throws MediaException {
    try {
      return reading.read(device, unit);
    } catch (MediaException e) {
      rethrowIfGone(e);
      return Optional.empty();
    }
  }

  private static List<PartitionTable> appleMaps(BlockSource device) throws MediaException {
    try {
      return ApplePartitionMap.readAll(device);
    } catch (MediaException e) {
      rethrowIfGone(e);
      return List.of();
    }
  }

  private static void rethrowIfGone(MediaException e) throws MediaException {
    if (e.trouble() == Trouble.GONE) {
      throw e;
    }
  }

  // No partitioner writes partitions that lie upon each other: either may be wrong.
  private static PartitionTable withOverlaps(PartitionTable table) {
    List<Partition> inOrder = new ArrayList<>(table.partitions());
    inOrder.sort(Comparator.comparingLong(Partition::start));
    List<String> remarks = new ArrayList<>(table.remarks());
    for (int i = 1; i < inOrder.size(); i++) {
      Partition before = inOrder.get(i - 1);
      Partition after = inOrder.get(i);
      if (after.start() < before.end()) {
        remarks.add("partitions %d and %d overlap".formatted(before.number(), after.number()));
      }
    }
    return new PartitionTable(table.scheme(), table.unit(), table.partitions(), remarks);
  }
}
