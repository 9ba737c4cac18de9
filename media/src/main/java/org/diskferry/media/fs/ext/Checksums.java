package org.diskferry.media.fs.ext;

import java.nio.ByteBuffer;

/// The checksums of one volume's metadata: `metadata_csum`, or the older one of group descriptors
/// alone, or none.
final class Checksums {
  private static final int DESCRIPTOR_FIELD = 0x1E;
  private static final int BLOCK_TAIL = 4;

  private final boolean metadata;
  private final boolean descriptors;
  private final SeededCrc crc;
  private final byte[] uuid;

  private Checksums(boolean metadata, boolean descriptors, SeededCrc crc, byte[] uuid) {
    this.metadata = metadata;
    this.descriptors = descriptors;
    this.crc = crc;
    this.uuid = uuid;
  }

  static Checksums of(Superblock superblock) {
    Features features = superblock.features();
    byte[] uuid = superblock.uuidBytes();
    SeededCrc crc =
        features.has(Feature.CSUM_SEED)
            ? SeededCrc.from(superblock.checksumSeed())
            : SeededCrc.after(uuid);
    return new Checksums(
        features.has(Feature.METADATA_CSUM), features.hasGroupChecksums(), crc, uuid);
  }

  /// Whether inodes, bitmaps, directories and extent blocks carry checksums.
  boolean ofMetadata() {
    return metadata;
  }

  boolean descriptorHolds(ByteBuffer raw, int group) {
    int stored = Fields.u16(raw, DESCRIPTOR_FIELD);
    if (metadata) {
      int rest = DESCRIPTOR_FIELD + 2;
      return stored
          == (crc.start()
                  .addLittle(group)
                  .add(raw, 0, DESCRIPTOR_FIELD)
                  .addZeros(2)
                  .add(raw, rest, raw.capacity() - rest)
                  .value()
              & 0xFFFF);
    }
    return !descriptors || stored == olderDescriptorChecksum(raw, group);
  }

  private int olderDescriptorChecksum(ByteBuffer raw, int group) {
    int value = Crc16.add(0xFFFF, ByteBuffer.wrap(uuid));
    value = Crc16.add(value, ByteBuffer.allocate(4).putInt(0, Integer.reverseBytes(group)));
    value = Crc16.add(value, raw.slice(0, DESCRIPTOR_FIELD));
    int rest = DESCRIPTOR_FIELD + 2;
    return Crc16.add(value, raw.slice(rest, raw.capacity() - rest));
  }

  /// Whether the first `length` bytes of a bitmap have `stored` for a checksum.
  boolean bitmapHolds(ByteBuffer bitmap, int length, int stored, int mask) {
    return !metadata || (crc.start().add(bitmap, 0, length).value() & mask) == (stored & mask);
  }

  /// A checksum of what belongs to an inode.
  SeededCrc.Running ofInode(long number, int generation) {
    return crc.start().addLittle((int) number).addLittle(generation);
  }

  /// Whether the first `length` bytes of a block of `inode` have the checksum that lies at `field`.
  boolean blockHolds(Inode inode, ByteBuffer block, int length, int field) {
    return !metadata
        || (field + BLOCK_TAIL <= block.capacity()
            && inode.checksum(this).add(block, 0, length).value() == block.getInt(field));
  }
}
