package org.diskferry.mkfs.ext;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;

/// An inode as on the disk (`struct ext4_inode`); its checksum is the library's business.
///
/// | offset | field |
/// |---|---|
/// | 0x00 | `i_mode` |
/// | 0x04 | `i_size_lo` |
/// | 0x08, 0x0C, 0x10, 0x14 | `i_atime`, `i_ctime`, `i_mtime`, `i_dtime` |
/// | 0x1A | `i_links_count` |
/// | 0x20 | `i_flags` |
/// | 0x28 | `i_block`: the root of the extent tree |
/// | 0x6C | `i_size_high` |
/// | 0x80 | `i_extra_isize` |
/// | 0x84, 0x88, 0x8C | the extra bits of ctime, mtime, atime |
/// | 0x90, 0x94 | `i_crtime` and its extra bits |
final class InodeRecord {
  /// `EXT4_EXTENTS_FL`.
  private static final int EXTENTS = 0x8_0000;

  /// `EXT4_INDEX_FL`.
  private static final int INDEX = 0x1000;

  private static final short EXTENT_MAGIC = (short) 0xF30A;
  private static final int EXTENTS_IN_ROOT = 4;

  /// Up to this many links are counted; a directory with more counts as one (`dir_nlink`).
  private static final int MOST_LINKS = 65_000;

  private static final int EXTRA_BYTES = 32;

  private final ByteBuffer bytes;

  InodeRecord(int size) {
    bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  void take(MemorySegment content) {
    MemorySegment.copy(content, JAVA_BYTE, 0, bytes.array(), 0, bytes.capacity());
  }

  void give(MemorySegment content) {
    MemorySegment.copy(bytes.array(), 0, content, JAVA_BYTE, 0, bytes.capacity());
  }

  /// Makes it one of `mode`, with `links` names and no content.
  void begin(int mode, int links, Instant time) {
    bytes.putShort(0x00, (short) mode);
    bytes.putShort(0x1A, (short) links);
    bytes.putInt(0x20, EXTENTS);
    bytes.putShort(0x28, EXTENT_MAGIC);
    bytes.putShort(0x2C, (short) EXTENTS_IN_ROOT);
    bytes.putShort(0x80, (short) EXTRA_BYTES);
    setTimes(time);
  }

  /// Read, changed and made at `time`.
  void setTimes(Instant time) {
    setTime(0x08, 0x8C, time);
    setTime(0x0C, 0x84, time);
    setTime(0x10, 0x88, time);
    setTime(0x90, 0x94, time);
  }

  // Seconds in 34 bits, the upper two beside the nanoseconds.
  private void setTime(int seconds, int extra, Instant time) {
    bytes.putInt(seconds, (int) time.getEpochSecond());
    long epoch = (time.getEpochSecond() - (int) time.getEpochSecond()) >> 32;
    bytes.putInt(extra, time.getNano() << 2 | (int) (epoch & 3));
  }

  long size() {
    return Integer.toUnsignedLong(bytes.getInt(0x04)) | (long) bytes.getInt(0x6C) << 32;
  }

  void setSize(long size) {
    bytes.putInt(0x04, (int) size);
    bytes.putInt(0x6C, (int) (size >>> 32));
  }

  boolean isIndexed() {
    return (bytes.getInt(0x20) & INDEX) != 0;
  }

  void setIndexed(boolean indexed) {
    int flags = bytes.getInt(0x20);
    bytes.putInt(0x20, indexed ? flags | INDEX : flags & ~INDEX);
  }

  /// One more directory names this one as its parent.
  void addLink() {
    int links = Short.toUnsignedInt(bytes.getShort(0x1A));
    if (links > 1) {
      bytes.putShort(0x1A, (short) (links + 1 >= MOST_LINKS ? 1 : links + 1));
    }
  }

  /// Nothing names it any more.
  void end() {
    bytes.putShort(0x1A, (short) 0);
    setSize(0);
    // When it ended: anything but zero, which would mean that it had not.
    bytes.putInt(0x14, bytes.getInt(0x10) == 0 ? 1 : bytes.getInt(0x10));
  }
}
