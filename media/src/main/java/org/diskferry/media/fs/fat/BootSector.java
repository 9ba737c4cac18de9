package org.diskferry.media.fs.fat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.chain.AllocationTable;
import org.diskferry.media.fs.chain.ClusterHeap;
import org.diskferry.media.fs.chain.EntryWidth;

/// The boot sector with its parameter block: the geometry of a volume.
///
/// | offset | bytes | field |
/// |---|---|---|
/// | 11 | 2 | bytes a sector |
/// | 13 | 1 | sectors a cluster |
/// | 14 | 2 | sectors in front of the first table |
/// | 16 | 1 | tables |
/// | 17 | 2 | entries of the root directory; 0 for FAT32 |
/// | 19 | 2 | sectors; 0 where the field at 32 has them |
/// | 21 | 1 | media: F0, or F8 to FF |
/// | 22 | 2 | sectors a table; 0 for FAT32 |
/// | 32 | 4 | sectors |
/// | 36 | 4 | FAT32: sectors a table |
/// | 40 | 2 | FAT32: bit 7: only the table of the number in bits 0 to 3 is kept |
/// | 42 | 2 | FAT32: version, 0 |
/// | 44 | 4 | FAT32: first cluster of the root directory |
/// | 37 or 65 | 1 | bit 0: not unmounted; bit 1: to be tested |
/// | 38 or 66 | 1 | 29: serial number and label follow; 28: serial number |
/// | 39 or 67 | 4 | serial number |
/// | 43 or 71 | 11 | label |
/// | 510 | 2 | 55 AA |
///
/// @param width of the table's entries: the kind of FAT
/// @param sectorSize bytes
/// @param clusterSize bytes
/// @param sectors of the volume
/// @param reserved sectors in front of the first table
/// @param tables how many there are
/// @param tableSectors of each
/// @param activeTable the only one that is kept; -1 where all are
/// @param rootEntries of the root directory where it has a place of its own, else 0
/// @param rootCluster of the root directory where it lies in clusters, else 0
/// @param clusters how many there are, and have an entry in the table
/// @param media the byte that the table repeats
/// @param isMarked whether drivers have marked it as not unmounted, or to be tested
/// @param serial number, if there is one; else 0
/// @param label as bytes of the OEM code page, without trailing blanks
record BootSector(
    EntryWidth width,
    int sectorSize,
    int clusterSize,
    long sectors,
    int reserved,
    int tables,
    long tableSectors,
    int activeTable,
    int rootEntries,
    long rootCluster,
    long clusters,
    int media,
    boolean isMarked,
    int serial,
    String label) {

  /// Enough of the sector to hold all fields, whatever the sector's size.
  static final int LENGTH = 512;

  private static final int ENTRY = 32;
  private static final int LEAST_SECTOR = 512;
  private static final int MOST_SECTOR = 4096;

  /// Microsoft's limits: fewer clusters than these make the lesser kind.
  private static final long FAT16_FROM = 4085;

  private static final long FAT32_FROM = 65_525;
  private static final long FAT32_MOST = 0xFFF_FFF5L;

  /// More are never written; the rest would only cost time where all are bad.
  private static final int MOST_TABLES = 4;

  static BootSector read(ByteBuffer sector) throws MediaException {
    ByteBuffer bytes = sector.slice().order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.remaining() < LENGTH || !isSigned(bytes)) {
      throw MediaException.damaged("no FAT boot sector: it does not end with 55 AA");
    }
    return new Reader(bytes).read();
  }

  /// Whether `sector` ends as boot sectors of all kinds do.
  static boolean isSigned(ByteBuffer sector) {
    return sector.get(510) == 0x55 && sector.get(511) == (byte) 0xAA;
  }

  /// The fields, one after the other.
  private record Reader(ByteBuffer bytes) {
    private int u8(int at) {
      return Byte.toUnsignedInt(bytes.get(at));
    }

    private int u16(int at) {
      return Short.toUnsignedInt(bytes.getShort(at));
    }

    private long u32(int at) {
      return Integer.toUnsignedLong(bytes.getInt(at));
    }

    BootSector read() throws MediaException {
      int sectorSize = u16(11);
      int perCluster = u8(13);
      int reserved = u16(14);
      int tables = u8(16);
      int media = u8(21);
      check(
          sectorSize >= LEAST_SECTOR
              && sectorSize <= MOST_SECTOR
              && Integer.bitCount(sectorSize) == 1,
          "sectors of " + sectorSize + " bytes");
      check(Integer.bitCount(perCluster) == 1, "clusters of " + perCluster + " sectors");
      check(reserved > 0, "no reserved sectors");
      check(tables > 0, "no allocation table");
      check(media == 0xF0 || media >= 0xF8, "media " + media);
      boolean isLarge = u16(22) == 0;
      long tableSectors = isLarge ? u32(36) : u16(22);
      int rootEntries = u16(17);
      long sectors = u16(19) != 0 ? u16(19) : u32(32);
      check(tableSectors > 0, "an allocation table of no sectors");
      check(isLarge == (rootEntries == 0), "a root directory of " + rootEntries + " entries");
      if (isLarge && u16(42) != 0) {
        throw MediaException.unsupported("FAT32 of version %d.%d".formatted(u8(43), u8(42)));
      }
      long rootSectors = Math.ceilDiv(rootEntries * ENTRY, sectorSize);
      long front = reserved + tables * tableSectors + rootSectors;
      long counted = (sectors - front) / perCluster;
      check(
          counted > 0, "%d sectors in all, %d in front of the clusters".formatted(sectors, front));
      EntryWidth width = isLarge ? EntryWidth.FAT32 : width(counted);
      long entries = width.entriesIn(tableSectors * sectorSize);
      check(entries > ClusterHeap.FIRST, "an allocation table of " + entries + " entries");
      int extended = isLarge ? 64 : 36;
      boolean hasSerial = (u8(extended + 2) & 0xFE) == 0x28;
      return new BootSector(
          width,
          sectorSize,
          sectorSize * perCluster,
          sectors,
          reserved,
          tables,
          tableSectors,
          isLarge ? activeTable(tables) : -1,
          rootEntries,
          isLarge ? u32(44) : 0,
          Math.min(Math.min(counted, entries - ClusterHeap.FIRST), FAT32_MOST),
          media,
          (u8(extended + 1) & 3) != 0,
          hasSerial ? bytes.getInt(extended + 3) : 0,
          u8(extended + 2) == 0x29 ? label(extended + 7) : "");
    }

    private int activeTable(int tables) throws MediaException {
      int flags = u16(40);
      if ((flags & 0x80) == 0) {
        return -1;
      }
      check((flags & 0xF) < tables, "table %d of %d is kept".formatted(flags & 0xF, tables));
      return flags & 0xF;
    }

    private static EntryWidth width(long clusters) throws MediaException {
      check(clusters < FAT32_FROM, clusters + " clusters in a table of 16 bits");
      return clusters < FAT16_FROM ? EntryWidth.FAT12 : EntryWidth.FAT16;
    }

    // Kept as bytes: the code page is the caller's.
    private String label(int at) {
      byte[] label = new byte[11];
      bytes.get(at, label);
      return new String(label, StandardCharsets.ISO_8859_1).stripTrailing();
    }

    private static void check(boolean holds, String what) throws MediaException {
      if (!holds) {
        throw MediaException.damaged("no FAT boot sector: " + what);
      }
    }
  }

  /// Bytes of the volume.
  long size() {
    return sectors * sectorSize;
  }

  /// Bytes in front of the fixed root directory, or of the clusters where there is none.
  long rootStart() {
    return (reserved + tables * tableSectors) * sectorSize;
  }

  /// Bytes of the fixed root directory.
  int rootLength() {
    return rootEntries * ENTRY;
  }

  ClusterHeap heap() {
    long rootSectors = Math.ceilDiv(rootLength(), sectorSize);
    return new ClusterHeap(rootStart() + rootSectors * sectorSize, clusterSize, clusters);
  }

  AllocationTable.Place table() {
    List<Long> copies = new ArrayList<>();
    for (int table = 0; table < Math.min(tables, MOST_TABLES); table++) {
      if (activeTable < 0 || activeTable == table) {
        copies.add((reserved + table * tableSectors) * sectorSize);
      }
    }
    if (copies.isEmpty()) {
      copies.add((reserved + activeTable * tableSectors) * sectorSize);
    }
    return new AllocationTable.Place(width, copies, ClusterHeap.FIRST + clusters);
  }

  /// The serial number as people write it; empty where there is none.
  String uuid() {
    return serial == 0 ? "" : "%04X-%04X".formatted(serial >>> 16, serial & 0xFFFF);
  }
}
