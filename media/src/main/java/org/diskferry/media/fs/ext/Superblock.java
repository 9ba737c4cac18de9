package org.diskferry.media.fs.ext;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.FileName;

/// The superblock (kernel documentation of ext4, "The Super Block"): little-endian, 1,024 bytes.
///
/// | offset | bytes | field |
/// |---|---|---|
/// | 0x00 | 4 | inodes |
/// | 0x04, 0x150 | 4 + 4 | blocks |
/// | 0x14 | 4 | block of the first group |
/// | 0x18, 0x1C | 4, 4 | binary logarithm of block and cluster size over 1,024 |
/// | 0x20, 0x24, 0x28 | 4, 4, 4 | blocks, clusters, inodes of a group |
/// | 0x38 | 2 | 0xEF53 |
/// | 0x3A | 2 | state: 1 clean, 2 errors seen |
/// | 0x4C | 4 | revision: from 1 on all that follows is there |
/// | 0x54, 0x58 | 4, 2 | first inode of users, bytes of an inode |
/// | 0x5A | 2 | group that this copy lies in |
/// | 0x5C, 0x60, 0x64 | 4 each | features |
/// | 0x68, 0x78 | 16, 16 | UUID, label |
/// | 0xCE | 2 | reserved blocks of descriptors |
/// | 0xD0 | 16 | identifier of the journal's device |
/// | 0xE0, 0xE4, 0xE8 | 4 each | journal's inode, journal's device, first orphan |
/// | 0xFE | 2 | bytes of a descriptor |
/// | 0x104 | 4 | first group of descriptors by `meta_bg` |
/// | 0x10C | 68 | copy of the journal inode's block field and size |
/// | 0x168 | 8 | block of `mmp` |
/// | 0x240, 0x244, 0x26C | 4 each | inodes of quotas |
/// | 0x24C | 4, 4 | groups with backups under `sparse_super2` |
/// | 0x270 | 4 | seed of checksums |
/// | 0x280 | 4 | inode of the orphan file |
/// | 0x3FC | 4 | checksum |
final class Superblock {
  static final int OFFSET = 1024;
  static final int SIZE = 1024;
  static final int ROOT = 2;
  static final int RESIZE_INODE = 7;

  private static final int MAGIC = 0xEF53;
  private static final int MOST_LOG_BLOCK_SIZE = 6;
  private static final int CHECKSUM = 0x3FC;
  private static final int FIRST_INODE_OF_OLD = 11;
  private static final int INODE_SIZE_OF_OLD = 128;
  private static final int CRC32C_TYPE = 1;
  private static final int JOURNAL_BACKUP = 1;
  private static final int STATE_CLEAN = 1;
  private static final int STATE_ERRORS = 2;

  private final ByteBuffer raw;

  private Superblock(ByteBuffer raw) {
    this.raw = raw;
  }

  /// Whether `bytes` have the mark of a superblock and a block size that exists.
  static boolean looksRight(ByteBuffer bytes) {
    ByteBuffer raw = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    return Fields.u16(raw, 0x38) == MAGIC && Fields.u32(raw, 0x18) <= MOST_LOG_BLOCK_SIZE;
  }

  /// Reads one, with its checksum; [Geometry] checks that its numbers agree.
  static Superblock read(ByteBuffer bytes) throws MediaException {
    if (!looksRight(bytes)) {
      throw MediaException.damaged("superblock: mark or block size is wrong");
    }
    ByteBuffer source = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    Superblock superblock = new Superblock(Fields.copy(source, 0, SIZE));
    superblock.checkChecksum();
    return superblock;
  }

  private void checkChecksum() throws MediaException {
    if (!features().has(Feature.METADATA_CSUM)) {
      return;
    }
    if (Fields.u8(raw, 0x175) != CRC32C_TYPE) {
      throw MediaException.damaged("superblock: unknown kind of checksum");
    }
    int computed = SeededCrc.plain().start().add(raw, 0, CHECKSUM).value();
    if (computed != raw.getInt(CHECKSUM)) {
      throw MediaException.damaged("superblock: checksum is wrong");
    }
  }

  long inodes() {
    return Fields.u32(raw, 0);
  }

  long blocks() {
    long low = Fields.u32(raw, 0x04);
    return features().has(Feature.WIDE) ? Fields.u32(raw, 0x150) << 32 | low : low;
  }

  long firstBlock() {
    return Fields.u32(raw, 0x14);
  }

  int blockSize() {
    return 1024 << raw.getInt(0x18);
  }

  /// Binary logarithm of the blocks of a cluster; hostile values stay as they are.
  long logClusterBlocks() {
    return features().has(Feature.BIGALLOC) ? Fields.u32(raw, 0x1C) - Fields.u32(raw, 0x18) : 0;
  }

  long blocksPerGroup() {
    return Fields.u32(raw, 0x20);
  }

  long clustersPerGroup() {
    return features().has(Feature.BIGALLOC) ? Fields.u32(raw, 0x24) : blocksPerGroup();
  }

  long inodesPerGroup() {
    return Fields.u32(raw, 0x28);
  }

  boolean isClean() {
    return (Fields.u16(raw, 0x3A) & STATE_CLEAN) != 0 && !hasErrors();
  }

  boolean hasErrors() {
    return (Fields.u16(raw, 0x3A) & STATE_ERRORS) != 0;
  }

  private boolean isOld() {
    return raw.getInt(0x4C) == 0;
  }

  long firstInode() {
    return isOld() ? FIRST_INODE_OF_OLD : Fields.u32(raw, 0x54);
  }

  int inodeSize() {
    return isOld() ? INODE_SIZE_OF_OLD : Fields.u16(raw, 0x58);
  }

  int group() {
    return Fields.u16(raw, 0x5A);
  }

  Features features() {
    return isOld()
        ? new Features(0, 0, 0)
        : new Features(raw.getInt(0x5C), raw.getInt(0x60), raw.getInt(0x64));
  }

  byte[] uuidBytes() {
    return Fields.copy(raw, 0x68, 16).array();
  }

  /// The volume's identifier, in the notation of the format's own tools.
  String uuid() {
    return text(uuidBytes());
  }

  /// That of the device which holds the journal, for a volume whose journal is elsewhere.
  String journalUuid() {
    return text(Fields.copy(raw, 0xD0, 16).array());
  }

  private static String text(byte[] uuid) {
    String hex = HexFormat.of().formatHex(uuid);
    return String.join(
        "-",
        hex.substring(0, 8),
        hex.substring(8, 12),
        hex.substring(12, 16),
        hex.substring(16, 20),
        hex.substring(20));
  }

  String label() {
    byte[] field = Fields.copy(raw, 0x78, 16).array();
    int end = 0;
    while (end < field.length && field[end] != 0) {
      end++;
    }
    return FileName.ofUtf8(Fields.copy(raw, 0x78, end).array()).text();
  }

  int reservedDescriptorBlocks() {
    return Fields.u16(raw, 0xCE);
  }

  long journalInode() {
    return Fields.u32(raw, 0xE0);
  }

  long firstOrphan() {
    return Fields.u32(raw, 0xE8);
  }

  int descriptorSize() {
    return features().has(Feature.WIDE) ? Fields.u16(raw, 0xFE) : GroupDescriptor.SMALL;
  }

  long firstMetaGroup() {
    return features().has(Feature.META_BG) ? Fields.u32(raw, 0x104) : Long.MAX_VALUE;
  }

  boolean hasJournalBackup() {
    return Fields.u8(raw, 0xFD) == JOURNAL_BACKUP;
  }

  /// The journal's inode as the superblock remembers it: for when its own is damaged.
  Inode journalBackup() {
    ByteBuffer inode = ByteBuffer.allocate(INODE_SIZE_OF_OLD).order(ByteOrder.LITTLE_ENDIAN);
    inode.putShort(0, (short) 0x8180);
    inode.putInt(4, raw.getInt(0x10C + 64));
    inode.putShort(0x1A, (short) 1);
    inode.put(Inode.BLOCK_FIELD, raw, 0x10C, Inode.BLOCK_FIELD_SIZE);
    inode.putInt(0x6C, raw.getInt(0x10C + 60));
    if (Fields.u16(inode, Inode.BLOCK_FIELD) == ExtentTree.MAGIC) {
      inode.putInt(0x20, Inode.FLAG_EXTENTS);
    }
    return new Inode(journalInode(), inode);
  }

  long multiMountBlock() {
    return features().has(Feature.MMP) ? raw.getLong(0x168) : 0;
  }

  /// Groups that hold the only two backups under `sparse_super2`; 0 for none.
  long backupGroup(int which) {
    return Fields.u32(raw, 0x24C + 4 * which);
  }

  int checksumSeed() {
    return raw.getInt(0x270);
  }

  long orphanFile() {
    return features().has(Feature.ORPHAN_FILE) ? Fields.u32(raw, 0x280) : 0;
  }

  /// Inodes beyond the reserved ones that users never see.
  Set<Long> hiddenInodes() {
    Set<Long> hidden = new TreeSet<>();
    hidden.add(journalInode());
    hidden.add(orphanFile());
    if (features().has(Feature.QUOTA)) {
      hidden.add(Fields.u32(raw, 0x240));
      hidden.add(Fields.u32(raw, 0x244));
      hidden.add(Fields.u32(raw, 0x26C));
    }
    if (features().has(Feature.HAS_SNAPSHOT)) {
      hidden.add(Fields.u32(raw, 0x180));
    }
    return hidden;
  }
}
