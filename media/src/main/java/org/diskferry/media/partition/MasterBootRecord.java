package org.diskferry.media.partition;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.partition.PartitionTable.Scheme;

/// Reads the table in sector 0 and the chain of extended boot records.
///
/// | offset | bytes | field |
/// |---|---|---|
/// | 446 | 4 × 16 | entries: status, CHS, type at 4, first sector at 8, sectors at 12 (both 32 bits) |
/// | 510 | 2 | `55 AA` |
///
/// The CHS fields are not read: nothing has filled them reliably for decades. A table beside a GPT
/// (hybrid) is read only for those who have lost the GPT.
final class MasterBootRecord {
  private static final int SECTOR = 512;
  private static final int TABLE = 446;
  private static final int ENTRY = 16;
  private static final int ENTRIES = 4;
  private static final int FIRST_LOGICAL = 5;

  /// A chain of extended records longer than this is a loop or a joke: Linux stops at 256
  /// partitions.
  private static final int MOST_LOGICAL = 256;

  private static final int EMPTY = 0x00;
  private static final int PROTECTIVE = 0xEE;
  private static final Set<Integer> EXTENDED = Set.of(0x05, 0x0F, 0x85, 0xC5, 0xD5);
  private static final Set<Integer> RECOVERY = Set.of(0x12, 0x27, 0xDE);
  private static final int EFI = 0xEF;
  private static final int LINUX_SWAP = 0x82;

  private final BlockSource device;
  private final int unit;
  private final List<Partition> partitions = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private int nextLogical = FIRST_LOGICAL;

  private MasterBootRecord(BlockSource device, int unit) {
    this.device = device;
    this.unit = unit;
  }

  /// One entry, in sectors of the table's unit.
  private record Entry(int status, int type, long first, long count) {
    boolean isUsed() {
      return type != EMPTY && count > 0;
    }

    boolean isExtended() {
      return isUsed() && EXTENDED.contains(type);
    }

    boolean isPartition() {
      return isUsed() && !isExtended() && type != PROTECTIVE;
    }

    boolean isProtective() {
      return type == PROTECTIVE && first <= 1;
    }

    long end() {
      return first + count;
    }
  }

  /// First sector after the range that the table protects for a GPT; empty where there is none.
  static Optional<Long> protectedEnd(BlockSource device) throws MediaException {
    if (device.size() < SECTOR) {
      return Optional.empty();
    }
    return entries(device, 0).stream()
        .flatMap(List::stream)
        .filter(Entry::isProtective)
        .map(Entry::end)
        .findFirst();
  }

  /// The table, counted in `unit`; empty where sector 0 is none.
  static Optional<PartitionTable> read(BlockSource device, int unit) throws MediaException {
    if (device.size() < SECTOR) {
      return Optional.empty();
    }
    Optional<List<Entry>> entries = entries(device, 0);
    if (entries.isEmpty() || !isPlausible(entries.get())) {
      return Optional.empty();
    }
    return new MasterBootRecord(device, unit).follow(entries.get());
  }

  private static Optional<List<Entry>> entries(BlockSource device, long offset)
      throws MediaException {
    ByteBuffer sector = ByteBuffer.allocate(SECTOR).order(ByteOrder.LITTLE_ENDIAN);
    device.read(offset, sector);
    sector.flip();
    if (sector.get(510) != 0x55 || sector.get(511) != (byte) 0xAA) {
      return Optional.empty();
    }
    List<Entry> entries = new ArrayList<>(ENTRIES);
    for (int i = 0; i < ENTRIES; i++) {
      int at = TABLE + i * ENTRY;
      entries.add(
          new Entry(
              sector.get(at) & 0xFF,
              sector.get(at + 4) & 0xFF,
              sector.getInt(at + 8) & 0xFFFF_FFFFL,
              sector.getInt(at + 12) & 0xFFFF_FFFFL));
    }
    return Optional.of(entries);
  }

  // Boot code of a file system that fills the whole device ends in 55 AA too; its bytes at 446
  // hardly ever look like four entries.
  private static boolean isPlausible(List<Entry> entries) {
    return entries.stream().allMatch(e -> e.status() == 0 || e.status() == 0x80)
        && entries.stream().anyMatch(e -> e.isPartition() || e.isExtended());
  }

  private Optional<PartitionTable> follow(List<Entry> entries) throws MediaException {
    if (entries.stream().anyMatch(Entry::isProtective)) {
      remarks.add("the GPT is lost; only the partitions that the table before it repeats are read");
    }
    for (int i = 0; i < ENTRIES; i++) {
      Entry entry = entries.get(i);
      if (entry.isExtended()) {
        followChain(entry);
      } else if (entry.isPartition()) {
        add(i + 1, entry, entry.first());
      }
    }
    if (partitions.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new PartitionTable(Scheme.MBR, unit, partitions, remarks));
  }

  // In each record of the chain the logical partition is counted from the record, and the next
  // record from the first of the chain. Usually they are entries 1 and 2; some writers swap them.
  private void followChain(Entry chain) throws MediaException {
    Set<Long> seen = new HashSet<>();
    long record = chain.first();
    while (nextLogical < FIRST_LOGICAL + MOST_LOGICAL) {
      Optional<List<Entry>> entries = link(record, seen);
      if (entries.isEmpty()) {
        return;
      }
      Optional<Entry> next = Optional.empty();
      for (int i = 0; i < ENTRIES; i++) {
        Entry entry = entries.get().get(i);
        if (entry.isExtended()) {
          next = next.isPresent() ? next : Optional.of(entry);
        } else if (entry.isPartition() && (i < 2 || isWithin(entry, record, chain))) {
          add(nextLogical++, entry, record + entry.first());
        }
      }
      if (next.isEmpty()) {
        return;
      }
      record = chain.first() + next.get().first();
    }
    remarks.add("more than " + MOST_LOGICAL + " logical partitions");
  }

  // Entries 3 and 4 have no meaning; some writers use them, others leave rubbish.
  private static boolean isWithin(Entry entry, long record, Entry chain) {
    return entry.first() > 0 && record + entry.end() <= chain.end();
  }

  // A record that cannot be read costs the logical partitions from there on.
  private Optional<List<Entry>> link(long record, Set<Long> seen) throws MediaException {
    long offset = Math.multiplyExact(record, (long) unit);
    if (!seen.add(record) || offset > device.size() - SECTOR) {
      remarks.add("the chain of extended partitions is broken at sector " + record);
      return Optional.empty();
    }
    try {
      Optional<List<Entry>> entries = entries(device, offset);
      if (entries.isEmpty()) {
        remarks.add("sector " + record + " is no extended boot record");
      }
      return entries;
    } catch (MediaException e) {
      if (e.trouble() == Trouble.GONE) {
        throw e;
      }
      remarks.add("the chain of extended partitions is broken: " + e.getMessage());
      return Optional.empty();
    }
  }

  private void add(int number, Entry entry, long first) {
    long start = Math.multiplyExact(first, (long) unit);
    long size = Math.multiplyExact(entry.count(), (long) unit);
    if (start >= device.size()) {
      remarks.add("partition " + number + " begins beyond the end of the device");
      return;
    }
    if (size > device.size() - start) {
      remarks.add("partition " + number + " ends beyond the end of the device");
      size = device.size() - start;
    }
    String type = "0x%02X".formatted(entry.type());
    partitions.add(new Partition(number, roleOf(entry.type()), type, "", start, size));
  }

  private static Partition.Role roleOf(int type) {
    if (RECOVERY.contains(type)) {
      return Partition.Role.RECOVERY;
    }
    return switch (type) {
      case EFI -> Partition.Role.EFI_SYSTEM;
      case LINUX_SWAP -> Partition.Role.SWAP;
      default -> Partition.Role.DATA;
    };
  }
}
