package org.diskferry.media.partition;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.partition.PartitionTable.Scheme;

/// Reads an Apple partition map: Inside Macintosh: Devices, chapter 3, "The Partition Map". Its
/// entries are blocks of their own, from block 1 on; block 0 may describe drivers and is not
/// needed.
///
/// | offset | bytes | field of an entry |
/// |---|---|---|
/// | 0 | 2 | `PM` |
/// | 4 | 4 | number of entries, the same in each |
/// | 8 | 4 | first block |
/// | 12 | 4 | blocks |
/// | 16 | 32 | name |
/// | 48 | 32 | type |
final class ApplePartitionMap {
  /// Blocks of disks, of large-sector disks and of compact discs.
  private static final int[] UNITS = {512, 1024, 2048, 4096};

  private static final String MAP = "Apple_partition_map";
  private static final int SIGNATURE = 0x504D;
  private static final int ENTRY = 512;
  private static final int TEXT = 32;

  /// Apple's tools make room for 63; nobody makes more than a few times that.
  private static final int MOST_ENTRIES = 1024;

  /// What is no place for a customer's data; drivers have many types of one beginning.
  private static final Map<String, Partition.Role> ROLES =
      Map.of(
          MAP,
          Partition.Role.RESERVED,
          "Apple_Free",
          Partition.Role.RESERVED,
          "Apple_Scratch",
          Partition.Role.RESERVED,
          "Apple_Void",
          Partition.Role.RESERVED,
          "Apple_Extra",
          Partition.Role.RESERVED,
          "Apple_Patches",
          Partition.Role.RESERVED,
          "Apple_FWDriver",
          Partition.Role.RESERVED,
          "Apple_Loader",
          Partition.Role.RESERVED,
          "Apple_Boot",
          Partition.Role.RECOVERY,
          "Apple_Recovery",
          Partition.Role.RECOVERY);

  private static final String DRIVER = "Apple_Driver";

  private final BlockSource device;
  private final int unit;
  private final List<Partition> partitions = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();

  private ApplePartitionMap(BlockSource device, int unit) {
    this.device = device;
    this.unit = unit;
  }

  /// The map in every unit that it makes sense in; a disc may carry one in each of two.
  static List<PartitionTable> readAll(BlockSource device) throws MediaException {
    List<PartitionTable> tables = new ArrayList<>();
    for (int unit : UNITS) {
      new ApplePartitionMap(device, unit).read().ifPresent(tables::add);
    }
    return tables;
  }

  private Optional<PartitionTable> read() throws MediaException {
    Optional<ByteBuffer> first = entry(1);
    if (first.isEmpty()) {
      return Optional.empty();
    }
    long count = Integer.toUnsignedLong(first.get().getInt(4));
    if (count == 0 || count > MOST_ENTRIES) {
      return Optional.empty();
    }
    for (int number = 1; number <= count; number++) {
      Optional<ByteBuffer> entry = entry(number);
      if (entry.isEmpty()) {
        remarks.add("entry %d of %d of the partition map is missing".formatted(number, count));
        break;
      }
      add(number, entry.get());
    }
    return partitions.stream().anyMatch(this::isMapItself)
        ? Optional.of(new PartitionTable(Scheme.APPLE, unit, partitions, remarks))
        : Optional.empty();
  }

  // Every map has an entry for itself. Counted in too large a unit, every second entry looks like
  // a map as well.
  private boolean isMapItself(Partition partition) {
    return partition.type().equals(MAP) && partition.start() == unit;
  }

  private Optional<ByteBuffer> entry(int number) throws MediaException {
    long at = (long) number * unit;
    if (at > device.size() - ENTRY) {
      return Optional.empty();
    }
    ByteBuffer entry = ByteBuffer.allocate(ENTRY).order(ByteOrder.BIG_ENDIAN);
    try {
      device.read(at, entry);
    } catch (MediaException e) {
      if (e.trouble() == Trouble.GONE) {
        throw e;
      }
      return Optional.empty();
    }
    boolean isSigned = Short.toUnsignedInt(entry.getShort(0)) == SIGNATURE;
    return isSigned ? Optional.of(entry.flip()) : Optional.empty();
  }

  private void add(int number, ByteBuffer entry) {
    long start = Integer.toUnsignedLong(entry.getInt(8)) * unit;
    long size = Integer.toUnsignedLong(entry.getInt(12)) * unit;
    if (size == 0) {
      return;
    }
    if (start >= device.size()) {
      remarks.add("partition " + number + " begins beyond the end of the device");
      return;
    }
    if (size > device.size() - start) {
      remarks.add("partition " + number + " ends beyond the end of the device");
      size = device.size() - start;
    }
    String type = text(entry, 48);
    partitions.add(new Partition(number, roleOf(type), type, text(entry, 16), start, size));
  }

  private static Partition.Role roleOf(String type) {
    return type.startsWith(DRIVER)
        ? Partition.Role.RESERVED
        : ROLES.getOrDefault(type, Partition.Role.DATA);
  }

  // Of a type nobody uses more than ASCII; a name is in whatever the maker's system used.
  private static String text(ByteBuffer entry, int at) {
    byte[] bytes = new byte[TEXT];
    entry.get(at, bytes);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }
}
