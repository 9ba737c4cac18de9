package org.diskferry.mkfs.partition;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.media.block.Extent;
import org.diskferry.mkfs.FileSystem;
import org.diskferry.mkfs.MkfsException;
import org.diskferry.mkfs.MkfsException.Trouble;

/// A GPT with one partition that takes the whole disk (UEFI Specification 2.10, chapter 5): a
/// protective MBR, header and entries at the front, their copies at the end.
///
/// | offset | header |
/// |---|---|
/// | 0 | `EFI PART`, revision 1.0, 92 bytes |
/// | 16 | CRC-32 of the header, with zeros here |
/// | 24, 32 | where this header is, and where the other one is |
/// | 40, 48 | first and last sector for partitions |
/// | 56 | GUID of the disk |
/// | 72, 80, 84 | where the entries are, how many, bytes of each |
/// | 88 | CRC-32 of the entries |
public final class SinglePartition {
  private static final int HEADER = 92;
  private static final int ENTRIES = 128;
  private static final int ENTRY = 128;
  private static final int TABLE = ENTRIES * ENTRY;

  /// Partitions begin and end at whole MiB: no disk's inner blocks are larger.
  private static final long GRAIN = 1 << 20;

  /// Bytes that a disk has at least.
  public static final long LEAST = 4 * GRAIN;

  private static final UUID BASIC_DATA = UUID.fromString("EBD0A0A2-B9E5-4433-87C0-68B6B72699C7");
  private static final UUID LINUX_DATA = UUID.fromString("0FC63DAF-8483-4772-8E79-3D69D8477DE4");

  private final BlockDevice disk;
  private final int sector;
  private final long sectors;
  private final UUID diskId;
  private final ByteBuffer entries;
  private final Extent partition;

  private SinglePartition(
      BlockDevice disk, FileSystem fileSystem, String name, RandomGenerator random) {
    this.disk = disk;
    this.sector = disk.sectorSize();
    this.sectors = disk.size() / sector;
    this.partition = room(disk.size(), sector);
    this.diskId = guid(random);
    this.entries = entries(fileSystem, name, random);
  }

  /// Where the partition is on a disk of `bytes`, at least [#LEAST].
  public static Extent room(long bytes, int sector) {
    long table = Math.ceilDiv(TABLE, sector) + 1L;
    long end = (bytes / sector - table) * sector / GRAIN * GRAIN;
    return new Extent(0, GRAIN, end - GRAIN);
  }

  /// Writes the table, durably; what the disk held at its ends is gone. A [FillMark] that the disk
  /// bears stays: no write of its first sector lacks it.
  ///
  /// @param name of the partition, up to 36 UTF-16 units
  /// @return where the partition is on the disk
  /// @throws MkfsException when the disk is too small for one, or cannot be written
  public static Extent write(
      BlockDevice disk, FileSystem fileSystem, String name, RandomGenerator random)
      throws MkfsException {
    if (disk.size() < LEAST) {
      throw new MkfsException(
          Trouble.TOO_SMALL, "the disk has " + disk.size() + " bytes: no partition fits");
    }
    try {
      return new SinglePartition(disk, fileSystem, name, random).write();
    } catch (MediaException e) {
      throw new MkfsException(Trouble.DEVICE, e.getMessage(), e);
    }
  }

  private Extent write() throws MediaException {
    long table = Math.ceilDiv(TABLE, sector);
    ByteBuffer mark = FillMark.read(disk).map(FillMark::encode).orElse(little(FillMark.SIZE));
    // A disk's older table must not be found beside this one, nor a file system that fills it.
    put(0, little(sector).put(mark.duplicate()));
    disk.zero(sector, partition.physical() - sector);
    disk.zero(partition.physicalEnd(), disk.size() - partition.physicalEnd());
    put(sectors - 1 - table, entries);
    put(sectors - 1, header(sectors - 1, 1, sectors - 1 - table));
    disk.force();
    put(2, entries);
    put(1, header(1, sectors - 1, 2));
    put(0, protectiveRecord().put(mark));
    disk.force();
    return partition;
  }

  private void put(long at, ByteBuffer content) throws MediaException {
    int size = Math.ceilDiv(content.limit(), sector) * sector;
    ByteBuffer whole = ByteBuffer.allocateDirect(size).put(content.duplicate().rewind());
    disk.write(at * sector, whole.rewind());
  }

  private ByteBuffer entries(FileSystem fileSystem, String name, RandomGenerator random) {
    ByteBuffer table = little(TABLE);
    putGuid(
        table,
        0,
        switch (fileSystem) {
          case NTFS -> BASIC_DATA;
          case EXT4 -> LINUX_DATA;
        });
    putGuid(table, 16, guid(random));
    table.putLong(32, partition.physical() / sector);
    table.putLong(40, partition.physicalEnd() / sector - 1);
    table.put(56, name.getBytes(StandardCharsets.UTF_16LE));
    return table;
  }

  private ByteBuffer header(long self, long other, long table) {
    ByteBuffer header = little(HEADER);
    long tableSectors = Math.ceilDiv(TABLE, sector);
    header.put(0, "EFI PART".getBytes(StandardCharsets.US_ASCII));
    header.putInt(8, 0x10000);
    header.putInt(12, HEADER);
    header.putLong(24, self);
    header.putLong(32, other);
    header.putLong(40, 2 + tableSectors);
    header.putLong(48, sectors - 2 - tableSectors);
    putGuid(header, 56, diskId);
    header.putLong(72, table);
    header.putInt(80, ENTRIES);
    header.putInt(84, ENTRY);
    header.putInt(88, crc(entries));
    header.putInt(16, crc(header));
    return header;
  }

  // One partition of type EE over all that 32 bits of sectors can say.
  private ByteBuffer protectiveRecord() {
    ByteBuffer record = little(512);
    record.put(446 + 2, (byte) 2);
    record.put(446 + 4, (byte) 0xEE);
    record.put(446 + 5, new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF});
    record.putInt(446 + 8, 1);
    record.putInt(446 + 12, (int) Math.min(sectors - 1, 0xFFFF_FFFFL));
    record.putShort(510, (short) 0xAA55);
    return record;
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int crc(ByteBuffer bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes.duplicate().rewind());
    return (int) crc.getValue();
  }

  // Version 4, of RFC 9562.
  private static UUID guid(RandomGenerator random) {
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() & ~(3L << 62)) | (2L << 62);
    return new UUID(high, low);
  }

  // The first three fields little endian, the rest as it is written.
  private static void putGuid(ByteBuffer target, int at, UUID guid) {
    long high = guid.getMostSignificantBits();
    target.putInt(at, (int) (high >>> 32));
    target.putShort(at + 4, (short) (high >>> 16));
    target.putShort(at + 6, (short) high);
    target.putLong(at + 8, Long.reverseBytes(guid.getLeastSignificantBits()));
  }
}
