package org.diskferry.media.fs.ext;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.diskferry.media.fs.Node;

/// One inode (kernel documentation of ext4, "Index Nodes"): little-endian.
///
/// | offset | bytes | field |
/// |---|---|---|
/// | 0x00 | 2 | mode |
/// | 0x04, 0x6C | 4 + 4 | size |
/// | 0x10, 0x88 | 4, 4 | time of change; nanoseconds and two more bits of seconds |
/// | 0x14 | 4 | time of deletion, or the next orphan |
/// | 0x1A | 2 | names |
/// | 0x1C, 0x74 | 4 + 2 | sectors, or blocks |
/// | 0x20 | 4 | flags |
/// | 0x28 | 60 | where the content is, or the content |
/// | 0x64 | 4 | generation |
/// | 0x68, 0x76 | 4 + 2 | block of extended attributes |
/// | 0x7C, 0x82 | 2 + 2 | checksum |
/// | 0x80 | 2 | bytes used behind the first 128 |
final class Inode {
  static final int SMALL = 128;
  static final int BLOCK_FIELD = 0x28;
  static final int BLOCK_FIELD_SIZE = 60;
  static final int FLAG_EXTENTS = 0x8_0000;

  private static final int FLAG_ENCRYPTED = 0x800;
  private static final int FLAG_INDEXED = 0x1000;
  private static final int FLAG_EA_INODE = 0x20_0000;
  private static final int FLAG_INLINE = 0x1000_0000;
  private static final int MODE_TYPE = 0xF000;
  private static final int SECTOR = 512;
  private static final int NANOS_PER_SECOND = 1_000_000_000;
  private static final int MTIME_EXTRA = 0x88;
  private static final int CHECKSUM_LOW = 0x7C;
  private static final int CHECKSUM_HIGH = 0x82;

  private final long number;
  private final ByteBuffer raw;
  private final boolean isChanged;
  private final MapChanges mapChanges;

  Inode(long number, ByteBuffer raw) {
    this(number, raw, false, MapChanges.NONE);
  }

  private Inode(long number, ByteBuffer raw, boolean isChanged, MapChanges mapChanges) {
    this.number = number;
    this.raw = raw;
    this.isChanged = isChanged;
    this.mapChanges = mapChanges;
  }

  /// One that fast commits changed: their own checksum has proven it.
  static Inode changed(long number, ByteBuffer raw, MapChanges mapChanges) {
    return new Inode(number, raw, true, mapChanges);
  }

  /// Its bytes.
  ByteBuffer copy() {
    return Fields.copy(raw, 0, raw.capacity());
  }

  /// What is not as the map of its blocks says.
  MapChanges mapChanges() {
    return mapChanges;
  }

  long number() {
    return number;
  }

  int generation() {
    return raw.getInt(0x64);
  }

  int links() {
    return Fields.u16(raw, 0x1A);
  }

  /// The next inode of the list of orphans, for one that is on it.
  long nextOrphan() {
    return Fields.u32(raw, 0x14);
  }

  /// Whether nothing says that it was ever used.
  boolean isBlank() {
    return mode() == 0 && links() == 0;
  }

  private int mode() {
    return Fields.u16(raw, 0);
  }

  /// What it is; empty for a mode that does not exist.
  Optional<Node.Kind> kind() {
    return switch (mode() & MODE_TYPE) {
      case 0x8000 -> Optional.of(Node.Kind.FILE);
      case 0x4000 -> Optional.of(Node.Kind.DIRECTORY);
      case 0xA000 -> Optional.of(Node.Kind.LINK);
      case 0x1000, 0x2000, 0x6000, 0xC000 -> Optional.of(Node.Kind.SPECIAL);
      default -> Optional.empty();
    };
  }

  boolean is(Node.Kind kind) {
    return kind().filter(kind::equals).isPresent();
  }

  /// Bytes of content, as an unsigned number that was meant to be signed: may be negative.
  long size() {
    return Fields.u32(raw, 0x6C) << 32 | Fields.u32(raw, 4);
  }

  /// Bytes of a directory, whose upper half is something else on volumes without `large_dir`.
  long directorySize(Layout layout) {
    return layout.has(Feature.LARGE_DIR) ? size() : Fields.u32(raw, 4);
  }

  /// When its content last changed: seconds of 34 bits, the lower 32 signed.
  Instant modified() {
    long seconds = raw.getInt(0x10);
    if (!reaches(MTIME_EXTRA + 4)) {
      return Instant.ofEpochSecond(seconds);
    }
    int extra = raw.getInt(MTIME_EXTRA);
    int nanos = extra >>> 2;
    long epoch = (extra & 3L) << 32;
    return Instant.ofEpochSecond(seconds + epoch, nanos < NANOS_PER_SECOND ? nanos : 0);
  }

  // Whether the fields behind the first 128 bytes reach to `end`.
  private boolean reaches(int end) {
    return raw.capacity() > SMALL && SMALL + extraSize() >= end && end <= raw.capacity();
  }

  private int extraSize() {
    return Fields.u16(raw, SMALL);
  }

  private boolean hasFlag(int flag) {
    return (raw.getInt(0x20) & flag) != 0;
  }

  boolean hasExtents() {
    return hasFlag(FLAG_EXTENTS);
  }

  boolean isInline() {
    return hasFlag(FLAG_INLINE);
  }

  boolean isEncrypted() {
    return hasFlag(FLAG_ENCRYPTED);
  }

  boolean isIndexed() {
    return hasFlag(FLAG_INDEXED);
  }

  /// Whether it holds the value of an extended attribute of another.
  boolean isAttributeValue() {
    return hasFlag(FLAG_EA_INODE);
  }

  /// Block of extended attributes; 0 for none.
  long attributeBlock(Layout layout) {
    long low = Fields.u32(raw, 0x68);
    return layout.has(Feature.WIDE) ? (long) Fields.u16(raw, 0x76) << 32 | low : low;
  }

  /// Whether its block field leads to blocks.
  boolean hasMap(Layout layout) {
    return !isInline() && !is(Node.Kind.SPECIAL) && !(is(Node.Kind.LINK) && isShortLink(layout));
  }

  // A link whose target is in the block field has no blocks but those of its attributes.
  private boolean isShortLink(Layout layout) {
    long attributeSectors =
        attributeBlock(layout) == 0 ? 0 : layout.geometry().clusterSize() / SECTOR;
    return !hasExtents()
        && size() < BLOCK_FIELD_SIZE
        && Fields.u32(raw, 0x1C) - attributeSectors == 0;
  }

  /// The 60 bytes that lead to the content, or are it.
  ByteBuffer blockField() {
    return Fields.copy(raw, BLOCK_FIELD, BLOCK_FIELD_SIZE);
  }

  /// What lies behind the fields: extended attributes, where there are any.
  ByteBuffer attributes() {
    if (raw.capacity() <= SMALL || SMALL + extraSize() > raw.capacity()) {
      return ByteBuffer.allocate(0);
    }
    int start = SMALL + extraSize();
    return Fields.copy(raw, start, raw.capacity() - start);
  }

  /// The start of a checksum of what belongs to it.
  SeededCrc.Running checksum(Checksums checksums) {
    return checksums.ofInode(number, generation());
  }

  /// Whether its own checksum holds.
  boolean holds(Checksums checksums) {
    if (isChanged || !checksums.ofMetadata()) {
      return true;
    }
    SeededCrc.Running crc = checksum(checksums).add(raw, 0, CHECKSUM_LOW).addZeros(2);
    int rest = CHECKSUM_LOW + 2;
    int stored = Fields.u16(raw, CHECKSUM_LOW);
    int mask = 0xFFFF;
    if (reaches(CHECKSUM_HIGH + 2)) {
      crc.add(raw, rest, CHECKSUM_HIGH - rest).addZeros(2);
      rest = CHECKSUM_HIGH + 2;
      stored |= Fields.u16(raw, CHECKSUM_HIGH) << 16;
      mask = -1;
    }
    return (crc.add(raw, rest, raw.capacity() - rest).value() & mask) == stored;
  }

  @Override
  public String toString() {
    return "inode " + number;
  }
}
