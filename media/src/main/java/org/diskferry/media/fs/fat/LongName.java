package org.diskferry.media.fs.fat;

import java.nio.ByteBuffer;
import java.util.Optional;

/// Puts together the parts of a long name, which stand in front of the short entry that they belong
/// to, the last part first.
///
/// | offset | bytes | field |
/// |---|---|---|
/// | 0 | 1 | number of the part, from 1; with 40 added for the last |
/// | 1 | 10 | 5 units |
/// | 13 | 1 | checksum of the short name |
/// | 14 | 12 | 6 units |
/// | 28 | 4 | 2 units |
///
/// Parts that are not in order, not all there, or whose checksum is not that of the entry behind
/// them belong to nothing: a program that knows no long names has changed the directory.
final class LongName {
  private static final int LAST = 0x40;
  private static final int NUMBER = 0x3F;
  private static final int UNITS = 13;
  private static final int MOST_PARTS = 20;
  private static final int MOST_UNITS = 255;
  private static final int[] PLACES = {1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30};

  private final char[] units = new char[MOST_PARTS * UNITS];
  private int length;
  private int missing;
  private int checksum;
  private boolean isCollecting;

  /// Whether the record at `at` is the first that is stored of a name.
  static boolean begins(ByteBuffer piece, int at) {
    return (piece.get(at) & LAST) != 0;
  }

  /// Takes the part in the record at `at`.
  void add(ByteBuffer piece, int at) {
    int order = Byte.toUnsignedInt(piece.get(at));
    int number = order & NUMBER;
    int sum = Byte.toUnsignedInt(piece.get(at + 13));
    if ((order & LAST) != 0) {
      isCollecting = order < 0x80 && number >= 1 && number <= MOST_PARTS;
      length = number * UNITS;
      missing = number;
      checksum = sum;
    }
    if (!isCollecting || missing == 0 || number != missing || sum != checksum) {
      clear();
      return;
    }
    missing--;
    for (int i = 0; i < UNITS; i++) {
      units[missing * UNITS + i] = piece.getChar(at + PLACES[i]);
    }
  }

  /// The name that belongs to the entry with the short name `raw`, if there is one; nothing is
  /// kept.
  Optional<String> take(byte[] raw) {
    boolean isMine = isCollecting && missing == 0 && checksum == checksum(raw);
    clear();
    if (!isMine) {
      return Optional.empty();
    }
    int end = 0;
    while (end < length && units[end] != 0) {
      end++;
    }
    boolean fits = end > length - UNITS && end <= MOST_UNITS;
    return fits && end > 0 ? Optional.of(new String(units, 0, end)) : Optional.empty();
  }

  void clear() {
    isCollecting = false;
  }

  static int checksum(byte[] raw) {
    int sum = 0;
    for (byte one : raw) {
      sum = ((sum & 1) << 7) + (sum >>> 1) + Byte.toUnsignedInt(one) & 0xFF;
    }
    return sum;
  }
}
