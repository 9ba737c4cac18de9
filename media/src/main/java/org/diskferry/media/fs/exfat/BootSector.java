package org.diskferry.media.fs.exfat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.Volume;
import org.diskferry.media.fs.chain.AllocationTable;
import org.diskferry.media.fs.chain.ClusterHeap;
import org.diskferry.media.fs.chain.EntryWidth;

/// The boot sector (exFAT specification, 3.1): the geometry of a volume.
///
/// | offset | bytes | field |
/// |---|---|---|
/// | 3 | 8 | `EXFAT` and three blanks |
/// | 72 | 8 | sectors of the volume |
/// | 80 | 4 | first sector of the table |
/// | 84 | 4 | sectors of a table |
/// | 88 | 4 | first sector of the clusters |
/// | 92 | 4 | clusters |
/// | 96 | 4 | first cluster of the root directory |
/// | 100 | 4 | serial number |
/// | 104 | 2 | revision |
/// | 106 | 2 | flags: 1 the second table is the active one, 2 dirty, 4 the medium failed |
/// | 108 | 1 | bytes a sector, as a power of two |
/// | 109 | 1 | sectors a cluster, as a power of two |
/// | 110 | 1 | tables |
/// | 510 | 2 | 55 AA |
///
/// @param sectorSize bytes
/// @param clusterSize bytes
/// @param sectors of the volume
/// @param tableStart first sector of the first table
/// @param tableSectors of each table
/// @param heapStart first sector of the clusters
/// @param clusters how many there are
/// @param rootCluster of the root directory
/// @param serial number of the volume
/// @param flags as stored
record BootSector(
    int sectorSize,
    int clusterSize,
    long sectors,
    long tableStart,
    long tableSectors,
    long heapStart,
    long clusters,
    long rootCluster,
    int serial,
    int flags) {

  /// Enough of the sector to hold all fields, whatever the sector's size.
  static final int LENGTH = 512;

  private static final String NAME = "EXFAT   ";
  private static final int SECOND_TABLE = 1;
  private static final int UNSOUND = 2 | 4;
  private static final int LEAST_SECTOR_SHIFT = 9;
  private static final int MOST_SECTOR_SHIFT = 12;

  /// Clusters of 32 MiB.
  private static final int MOST_CLUSTER_SHIFT = 25;

  private static final long MOST_CLUSTERS = 0xFFFF_FFF5L;

  /// What is computed from as many sectors of 4 KiB stays within a `long`.
  private static final long MOST_SECTORS = 1L << 50;

  /// Whether `sector` carries the name of the format.
  static boolean isNamed(ByteBuffer sector) {
    byte[] name = new byte[NAME.length()];
    sector.get(3, name);
    return new String(name, StandardCharsets.ISO_8859_1).equals(NAME);
  }

  /// Whether `sector` ends as boot sectors of all kinds do.
  static boolean isSigned(ByteBuffer sector) {
    return sector.get(510) == 0x55 && sector.get(511) == (byte) 0xAA;
  }

  static BootSector read(ByteBuffer sector) throws MediaException {
    ByteBuffer bytes = sector.slice().order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.remaining() < LENGTH || !isNamed(bytes) || !isSigned(bytes)) {
      throw MediaException.damaged("no exFAT boot sector");
    }
    int sectorShift = bytes.get(108);
    int clusterShift = sectorShift + bytes.get(109);
    check(
        sectorShift >= LEAST_SECTOR_SHIFT && sectorShift <= MOST_SECTOR_SHIFT,
        "sectors of 2^" + sectorShift + " bytes");
    check(
        clusterShift >= sectorShift && clusterShift <= MOST_CLUSTER_SHIFT,
        "clusters of 2^" + clusterShift + " bytes");
    int revision = bytes.get(105);
    if (revision != 1) {
      throw MediaException.unsupported("exFAT of revision " + revision);
    }
    int tables = bytes.get(110);
    int flags = Short.toUnsignedInt(bytes.getShort(106));
    boolean isSecond = (flags & SECOND_TABLE) != 0;
    check(tables == 1 || tables == 2, tables + " allocation tables");
    check(!isSecond || tables == 2, "the second of one allocation tables is active");
    long tableSectors = u32(bytes, 84);
    BootSector boot =
        new BootSector(
            1 << sectorShift,
            1 << clusterShift,
            bytes.getLong(72),
            u32(bytes, 80) + (isSecond ? tableSectors : 0),
            tableSectors,
            u32(bytes, 88),
            u32(bytes, 92),
            u32(bytes, 96),
            bytes.getInt(100),
            flags);
    boot.checkPlaces();
    return boot;
  }

  private static long u32(ByteBuffer bytes, int at) {
    return Integer.toUnsignedLong(bytes.getInt(at));
  }

  private static void check(boolean holds, String what) throws MediaException {
    if (!holds) {
      throw MediaException.damaged("exFAT boot sector: " + what);
    }
  }

  private void checkPlaces() throws MediaException {
    check(sectors > 0 && sectors <= MOST_SECTORS, "a volume of " + sectors + " sectors");
    check(tableStart >= 2 * BootRegion.SECTORS, "a table at sector " + tableStart);
    check(
        heapStart >= tableStart + tableSectors && heapStart < sectors,
        "clusters from sector %d on, of %d".formatted(heapStart, sectors));
    long room = (sectors - heapStart) / (clusterSize / sectorSize);
    check(
        clusters > 0 && clusters <= Math.min(room, MOST_CLUSTERS),
        "%d clusters where there is room for %d".formatted(clusters, room));
    long entries = EntryWidth.EXFAT.entriesIn(tableSectors * sectorSize);
    check(
        entries >= ClusterHeap.FIRST + clusters,
        "%d clusters in a table of %d entries".formatted(clusters, entries));
  }

  /// Bytes of the volume.
  long size() {
    return sectors * sectorSize;
  }

  ClusterHeap heap() {
    return new ClusterHeap(heapStart * sectorSize, clusterSize, clusters);
  }

  // The table that is not active may be older: it stands in for nothing.
  AllocationTable.Place table() {
    return new AllocationTable.Place(
        EntryWidth.EXFAT, List.of(tableStart * sectorSize), ClusterHeap.FIRST + clusters);
  }

  /// Which of two maps of clusters is the active one.
  int activeMap() {
    return flags & SECOND_TABLE;
  }

  Volume.State state() {
    return (flags & UNSOUND) == 0 ? Volume.State.CLEAN : Volume.State.DIRTY;
  }

  /// The serial number as people write it.
  String uuid() {
    return "%04X-%04X".formatted(serial >>> 16, serial & 0xFFFF);
  }
}
