package org.diskferry.media.partition;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.partition.PartitionTable.Scheme;

/// Reads a GUID partition table: UEFI Specification 2.10, section 5.3.
///
/// | offset | bytes | field of the header |
/// |---|---|---|
/// | 0 | 8 | `EFI PART` |
/// | 12 | 4 | header size |
/// | 16 | 4 | CRC-32 of the header, itself as zero |
/// | 24 | 8 | sector of this header |
/// | 72 | 8 | first sector of the entries |
/// | 80 | 4 | number of entries |
/// | 84 | 4 | size of an entry |
/// | 88 | 4 | CRC-32 of the entries |
///
/// | 32 | 8 | sector of the other header |
///
/// Where the primary is damaged its copy is read. It lies in the last sector, or, on a device that
/// was copied to a larger one, where the last sector was: the damaged header may still say so, and
/// so may the protective entry of the table before it.
final class GuidTable {
  private static final long SIGNATURE = 0x5452_4150_2049_4645L; // "EFI PART", little-endian
  private static final int SMALLEST_HEADER = 92;
  private static final int SMALLEST_ENTRY = 128;

  /// The specification asks for at least 16 KiB of entries; nobody writes more than a few times
  /// that.
  private static final int MOST_ENTRY_BYTES = 1 << 20;

  private static final int NAME_UNITS = 36;

  /// As many as Linux shows of any device; each may cost a look at what it holds.
  private static final int MOST_PARTITIONS = 256;

  private static final Map<String, Partition.Role> ROLES =
      Map.of(
          "C12A7328-F81F-11D2-BA4B-00A0C93EC93B", Partition.Role.EFI_SYSTEM,
          "E3C9E316-0B5C-4DB8-817D-F92DF00215AE", Partition.Role.RESERVED,
          "21686148-6449-6E6F-744E-656564454649", Partition.Role.RESERVED,
          "8DA63339-0007-60C0-C436-083AC8230908", Partition.Role.RESERVED,
          "DE94BBA4-06D1-4D40-A16A-BFD50179D6AC", Partition.Role.RECOVERY,
          "5265636F-7665-11AA-AA11-00306543ECAC", Partition.Role.RECOVERY,
          "0657FD6D-A4AB-43C4-84E5-0933C84B4F4F", Partition.Role.SWAP);

  private static final String UNUSED = "00000000-0000-0000-0000-000000000000";

  private final BlockSource device;
  private final int unit;
  private final List<String> remarks = new ArrayList<>();

  private GuidTable(BlockSource device, int unit) {
    this.device = device;
    this.unit = unit;
  }

  /// The table, counted in `unit`; empty where neither header nor copy is one.
  static Optional<PartitionTable> read(BlockSource device, int unit) throws MediaException {
    long sectors = device.size() / unit;
    if (sectors < 3) {
      return Optional.empty();
    }
    GuidTable table = new GuidTable(device, unit);
    Optional<List<Partition>> partitions = table.partitions(1);
    if (partitions.isEmpty()) {
      partitions = table.copy(sectors);
    }
    return partitions
        .filter(found -> !found.isEmpty())
        .map(found -> new PartitionTable(Scheme.GPT, unit, found, table.remarks));
  }

  private Optional<List<Partition>> copy(long sectors) throws MediaException {
    remarks.add("the partition table is damaged; its copy at the end was read");
    Set<Long> places = new LinkedHashSet<>(List.of(sectors - 1));
    places.addAll(claimedPlaces());
    for (long place : places) {
      if (place > 1 && place < sectors) {
        Optional<List<Partition>> found = partitions(place);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  // What a damaged header, and the entry that protects it, say of where the copy is.
  private List<Long> claimedPlaces() throws MediaException {
    List<Long> places = new ArrayList<>();
    try {
      ByteBuffer header = read(1, unit);
      if (header.getLong(0) == SIGNATURE) {
        places.add(header.getLong(32));
      }
      MasterBootRecord.protectedEnd(device).ifPresent(end -> places.add(end - 1));
    } catch (MediaException e) {
      if (e.trouble() == Trouble.GONE) {
        throw e;
      }
      remarks.add(e.getMessage());
    }
    return places;
  }

  private Optional<List<Partition>> partitions(long sector) throws MediaException {
    try {
      ByteBuffer header = read(sector, unit);
      if (!isHeader(header, sector)) {
        return Optional.empty();
      }
      int count = header.getInt(80);
      int size = header.getInt(84);
      long bytes = Math.multiplyFull(count, size);
      long first = header.getLong(72);
      if (count <= 0 || size < SMALLEST_ENTRY || bytes > MOST_ENTRY_BYTES || first <= 0) {
        return Optional.empty();
      }
      if (first > device.size() / unit || bytes > device.size() - first * unit) {
        return Optional.empty();
      }
      ByteBuffer entries = read(first, Math.toIntExact(bytes));
      if (crc(entries) != header.getInt(88)) {
        return Optional.empty();
      }
      return Optional.of(partitions(entries, count, size));
    } catch (MediaException e) {
      if (e.trouble() == Trouble.GONE) {
        throw e;
      }
      remarks.add(e.getMessage());
      return Optional.empty();
    }
  }

  private ByteBuffer read(long sector, int length) throws MediaException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    device.read(sector * unit, bytes);
    return bytes.flip();
  }

  private boolean isHeader(ByteBuffer header, long sector) {
    int size = header.getInt(12);
    if (header.getLong(0) != SIGNATURE || size < SMALLEST_HEADER || size > unit) {
      return false;
    }
    int stored = header.getInt(16);
    ByteBuffer copy = ByteBuffer.allocate(size).put(header.slice(0, size)).putInt(16, 0).rewind();
    return crc(copy) == stored && header.getLong(24) == sector;
  }

  private static int crc(ByteBuffer bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes.duplicate());
    return (int) crc.getValue();
  }

  private List<Partition> partitions(ByteBuffer entries, int count, int size) {
    List<Partition> found = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ByteBuffer entry = entries.slice(i * size, size).order(ByteOrder.LITTLE_ENDIAN);
      String type = guid(entry);
      if (!type.equals(UNUSED)) {
        if (found.size() == MOST_PARTITIONS) {
          remarks.add("more than " + MOST_PARTITIONS + " partitions");
          return found;
        }
        add(found, i + 1, type, entry);
      }
    }
    return found;
  }

  private void add(List<Partition> found, int number, String type, ByteBuffer entry) {
    long first = entry.getLong(32);
    long last = entry.getLong(40);
    long sectors = device.size() / unit;
    if (first < 0 || last < first || first >= sectors) {
      remarks.add("partition %d claims sectors %d to %d".formatted(number, first, last));
      return;
    }
    if (last >= sectors) {
      remarks.add("partition " + number + " ends beyond the end of the device");
      last = sectors - 1;
    }
    Partition.Role role = ROLES.getOrDefault(type, Partition.Role.DATA);
    long size = (last - first + 1) * unit;
    found.add(new Partition(number, role, type, name(entry), first * unit, size));
  }

  private static String name(ByteBuffer entry) {
    byte[] units = new byte[NAME_UNITS * 2];
    entry.get(56, units);
    String text = new String(units, StandardCharsets.UTF_16LE);
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }

  // The first three fields are little-endian, the rest is written as it stands (RFC 4122 mixed
  // form).
  private static String guid(ByteBuffer entry) {
    return "%08X-%04X-%04X-%04X-%012X"
        .formatted(
            entry.getInt(0),
            entry.getShort(4),
            entry.getShort(6),
            Short.toUnsignedInt(Short.reverseBytes(entry.getShort(8))),
            Long.reverseBytes(entry.getLong(8)) & 0xFFFF_FFFF_FFFFL);
  }
}
