package org.diskferry.media.fs.ntfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.diskferry.media.MediaException;

/// The boot sector: the geometry of a volume.
///
/// | offset | bytes | field |
/// |---|---|---|
/// | 3 | 8 | `NTFS` and four blanks |
/// | 11 | 2 | bytes a sector |
/// | 13 | 1 | sectors a cluster; above 128 it is 2 to the power of 256 less this |
/// | 40 | 8 | sectors of the volume |
/// | 48 | 8 | first cluster of the master file table |
/// | 56 | 8 | first cluster of its mirror |
/// | 64 | 1 | clusters a file record; negative: 2 to the power of its amount in bytes |
/// | 68 | 1 | clusters an index block, likewise |
/// | 72 | 8 | serial number |
/// | 510 | 2 | 55 AA |
///
/// @param sectorSize bytes
/// @param clusterSize bytes
/// @param sectors of the volume
/// @param tableCluster where the master file table begins
/// @param mirrorCluster where the copy of its first records begins
/// @param recordSize bytes of a file record
/// @param indexSize bytes of an index block
/// @param serial the volume's serial number
record BootSector(
    int sectorSize,
    int clusterSize,
    long sectors,
    long tableCluster,
    long mirrorCluster,
    int recordSize,
    int indexSize,
    long serial) {

  /// Enough of the sector to hold all fields, whatever the sector's size.
  static final int LENGTH = 512;

  /// `NTFS ` as a little-endian number.
  private static final long NAME = 0x2020_2020_5346_544EL;

  private static final int LEAST_SECTOR_SIZE = 256;
  private static final int MOST_SECTOR_SIZE = 4096;

  /// Windows makes none larger; a larger one would make single reads absurd.
  private static final int MOST_CLUSTER_SIZE = 2 << 20;

  private static final int LEAST_RECORD_SIZE = 512;

  /// Windows uses 1 and 4 KiB for records and indexes; more is only allowed for large clusters.
  private static final int MOST_RECORD_SIZE = 64 << 10;

  /// 2^48 sectors of 4 KiB are 2^60 bytes: what is computed from them stays within a `long`.
  private static final long MOST_SECTORS = 1L << 48;

  static BootSector read(ByteBuffer sector) throws MediaException {
    ByteBuffer bytes = sector.slice().order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.remaining() < LENGTH
        || bytes.getLong(3) != NAME
        || bytes.getShort(510) != (short) 0xAA55) {
      throw MediaException.damaged("no NTFS boot sector");
    }
    int sectorSize = bytes.getShort(11) & 0xFFFF;
    checkPower(sectorSize, LEAST_SECTOR_SIZE, MOST_SECTOR_SIZE, "sectors");
    int clusterSize = clusterSize(sectorSize, bytes.get(13) & 0xFF);
    BootSector boot =
        new BootSector(
            sectorSize,
            clusterSize,
            bytes.getLong(40),
            bytes.getLong(48),
            bytes.getLong(56),
            blockSize(bytes.get(64), clusterSize, "file records"),
            blockSize(bytes.get(68), clusterSize, "index blocks"),
            bytes.getLong(72));
    boot.checkPlaces();
    return boot;
  }

  private static int clusterSize(int sectorSize, int code) throws MediaException {
    int shift = 256 - code;
    long size = code <= 128 ? (long) sectorSize * code : (long) sectorSize << Math.min(shift, 31);
    checkPower(size, sectorSize, MOST_CLUSTER_SIZE, "clusters");
    return (int) size;
  }

  private static int blockSize(byte code, int clusterSize, String what) throws MediaException {
    long size = code > 0 ? (long) code * clusterSize : 1L << Math.min(-code, 62);
    checkPower(size, LEAST_RECORD_SIZE, MOST_RECORD_SIZE, what);
    return (int) size;
  }

  private static void checkPower(long size, int least, int most, String what)
      throws MediaException {
    if (size < least || size > most || Long.bitCount(size) != 1) {
      throw MediaException.damaged("NTFS boot sector: " + what + " of " + size + " bytes");
    }
  }

  private void checkPlaces() throws MediaException {
    if (sectors <= 0 || sectors > MOST_SECTORS) {
      throw MediaException.damaged("NTFS boot sector: a volume of " + sectors + " sectors");
    }
    if (tableCluster <= 0 || tableCluster >= clusters()) {
      throw MediaException.damaged(
          "NTFS boot sector: master file table at cluster " + tableCluster);
    }
  }

  /// Bytes of the volume.
  long size() {
    return sectors * sectorSize;
  }

  /// Whole clusters of the volume: what its bitmap counts.
  long clusters() {
    return size() / clusterSize;
  }

  /// Whether the mirror lies on the volume; some tools leave its place empty.
  boolean hasMirror() {
    return mirrorCluster > 0 && mirrorCluster < clusters();
  }
}
