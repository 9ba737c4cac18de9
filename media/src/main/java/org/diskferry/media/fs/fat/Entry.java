package org.diskferry.media.fs.fat;

import java.nio.ByteBuffer;
import org.diskferry.media.fs.chain.EntryWidth;

/// A record of a directory, where it lies in the piece that was read.
///
/// | offset | bytes | field |
/// |---|---|---|
/// | 0 | 11 | short name; first byte 0: end of the directory, E5: deleted |
/// | 11 | 1 | attributes |
/// | 12 | 1 | Windows NT: parts of the name that are in small letters |
/// | 20 | 2 | FAT32: upper half of the first cluster |
/// | 22 | 2 | time of the last change |
/// | 24 | 2 | date of the last change |
/// | 26 | 2 | first cluster |
/// | 28 | 4 | bytes |
record Entry(ByteBuffer piece, int at) {
  private static final byte DELETED = (byte) 0xE5;
  private static final int LABEL = 0x08;
  private static final int DIRECTORY = 0x10;
  private static final int LONG_NAME = 0x0F;
  private static final int DEFINED = 0x3F;

  boolean isEnd() {
    return piece.get(at) == 0;
  }

  boolean isDeleted() {
    return piece.get(at) == DELETED;
  }

  private int attributes() {
    return Byte.toUnsignedInt(piece.get(at + 11));
  }

  boolean isLongName() {
    return (attributes() & DEFINED) == LONG_NAME;
  }

  boolean isLabel() {
    return (attributes() & LABEL) != 0;
  }

  boolean isDirectory() {
    return (attributes() & DIRECTORY) != 0;
  }

  /// Whether no driver would have written this: it is something else that got into a directory.
  boolean isImpossible() {
    if ((attributes() & ~DEFINED) != 0) {
      return true;
    }
    for (int i = 0; i < ShortNames.LENGTH; i++) {
      int one = Byte.toUnsignedInt(piece.get(at + i));
      if (one < ' ' && !(i == 0 && one == 0x05)) {
        return true;
      }
    }
    return false;
  }

  byte[] rawName() {
    byte[] raw = new byte[ShortNames.LENGTH];
    piece.get(at, raw);
    return raw;
  }

  /// Whether it is `.` with 1 dot, `..` with 2.
  boolean isDots(int dots) {
    for (int i = 0; i < ShortNames.LENGTH; i++) {
      if (piece.get(at + i) != (i < dots ? '.' : ' ')) {
        return false;
      }
    }
    return true;
  }

  int caseBits() {
    return Byte.toUnsignedInt(piece.get(at + 12));
  }

  long firstCluster(EntryWidth width) {
    long low = Short.toUnsignedLong(piece.getShort(at + 26));
    return width == EntryWidth.FAT32
        ? Short.toUnsignedLong(piece.getShort(at + 20)) << 16 | low
        : low;
  }

  long size() {
    return Integer.toUnsignedLong(piece.getInt(at + 28));
  }

  int time() {
    return Short.toUnsignedInt(piece.getShort(at + 22));
  }

  int date() {
    return Short.toUnsignedInt(piece.getShort(at + 24));
  }
}
