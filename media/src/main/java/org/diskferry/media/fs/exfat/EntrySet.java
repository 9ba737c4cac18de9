package org.diskferry.media.fs.exfat;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.diskferry.media.fs.chain.DosTime;
import org.diskferry.media.fs.chain.RecordSink;
import org.diskferry.media.fs.chain.Storage;

/// A primary entry with the secondary ones that belong to it (exFAT specification, 7.4, 7.6, 7.7).
///
/// | entry | offset | bytes | field |
/// |---|---|---|---|
/// | file | 1 | 1 | how many secondary entries follow |
/// | | 2 | 2 | checksum of the set |
/// | | 4 | 2 | attributes: 10 directory |
/// | | 12 | 4 | last change: time and date |
/// | | 21 | 1 | 10 ms to be added |
/// | | 23 | 1 | offset from UTC in 15 minutes, 7 bits, signed; bit 7: it is valid |
/// | stream | 1 | 1 | flags: 1 it may have clusters, 2 they follow one another |
/// | | 3 | 1 | units of the name |
/// | | 8 | 8 | bytes ever written |
/// | | 20 | 4 | first cluster |
/// | | 24 | 8 | bytes |
/// | name | 2 | 30 | 15 units |
///
/// @param bytes of all entries, little-endian; the buffer is used again
/// @param count of entries
record EntrySet(ByteBuffer bytes, int count) {
  static final int NAME_UNITS = 15;

  private static final int DIRECTORY = 0x10;
  private static final int ALLOCATION_POSSIBLE = 1;
  private static final int CONTIGUOUS = 2;
  private static final int PRIMARY_FLAGS = 4;
  private static final int SECONDARY_FLAGS = 1;
  private static final int OFFSET_VALID = 0x80;
  private static final int SECONDS_AN_OFFSET = 15 * 60;
  private static final int MOST_TEN_MILLIS = 199;

  int type(int entry) {
    return Byte.toUnsignedInt(bytes.get(entry * RecordSink.SIZE));
  }

  boolean hasRightChecksum() {
    return Checksum.ofSet(bytes, count * RecordSink.SIZE) == Short.toUnsignedInt(bytes.getShort(2));
  }

  boolean isDirectory() {
    return (bytes.getShort(4) & DIRECTORY) != 0;
  }

  Instant modified() {
    Instant local =
        DosTime.of(
            Short.toUnsignedInt(bytes.getShort(14)), Short.toUnsignedInt(bytes.getShort(12)));
    if (local.equals(Instant.EPOCH)) {
      return local;
    }
    int tens = Byte.toUnsignedInt(bytes.get(21));
    int offset = Byte.toUnsignedInt(bytes.get(23));
    long quarters = (offset & OFFSET_VALID) == 0 ? 0 : (byte) (offset << 1) >> 1;
    return local
        .minusSeconds(quarters * SECONDS_AN_OFFSET)
        .plusMillis(10L * Math.min(tens, MOST_TEN_MILLIS));
  }

  int nameLength() {
    return Byte.toUnsignedInt(bytes.get(RecordSink.SIZE + 3));
  }

  /// The units of the name, which lie in entries from the third on; they must be there.
  String name() {
    int length = nameLength();
    char[] units = new char[length];
    for (int i = 0; i < length; i++) {
      int entry = 2 + i / NAME_UNITS;
      units[i] = bytes.getChar(entry * RecordSink.SIZE + 2 + i % NAME_UNITS * 2);
    }
    return new String(units);
  }

  /// The clusters of any entry of the set.
  Storage storage(int entry) {
    return storage(
        bytes, entry * RecordSink.SIZE, entry == 0 ? PRIMARY_FLAGS : SECONDARY_FLAGS, false);
  }

  /// The clusters of the stream entry at `at`.
  static Storage stream(ByteBuffer bytes, int at) {
    return storage(bytes, at, SECONDARY_FLAGS, true);
  }

  /// Clusters that an entry without flags has: they are chained.
  static Storage chained(ByteBuffer bytes, int at) {
    return Storage.chained(Integer.toUnsignedLong(bytes.getInt(at + 20)), bytes.getLong(at + 24));
  }

  private static Storage storage(ByteBuffer bytes, int at, int flagsAt, boolean isStream) {
    int flags = bytes.get(at + flagsAt);
    long size = bytes.getLong(at + 24);
    long written = isStream ? bytes.getLong(at + 8) : size;
    if ((flags & ALLOCATION_POSSIBLE) == 0) {
      return new Storage(0, isStream ? size : 0, written, false);
    }
    long first = Integer.toUnsignedLong(bytes.getInt(at + 20));
    return new Storage(first, size, written, (flags & CONTIGUOUS) != 0);
  }
}
