package org.diskferry.media.fs.exfat;

/// Kinds of directory entries (exFAT specification, 6.2.1): bit 7 in use, bit 6 secondary, bit 5
/// benign, and a code.
final class EntryType {
  static final int END = 0x00;
  static final int BITMAP = 0x81;
  static final int UP_CASE_TABLE = 0x82;
  static final int LABEL = 0x83;
  static final int FILE = 0x85;
  static final int STREAM = 0xC0;
  static final int NAME = 0xC1;

  private EntryType() {}

  static boolean isInUse(int type) {
    return (type & 0x80) != 0;
  }

  static boolean isSecondary(int type) {
    return (type & 0x40) != 0;
  }

  /// Whether who does not know the kind may ignore it.
  static boolean isBenign(int type) {
    return (type & 0x20) != 0;
  }
}
