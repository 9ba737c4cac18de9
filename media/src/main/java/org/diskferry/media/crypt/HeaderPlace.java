package org.diskferry.media.crypt;

/// Where on a volume a header may lie.
enum HeaderPlace {
  /// The volume's own.
  PRIMARY("", false, 0),
  /// A hidden volume's.
  HIDDEN("hidden volume", true, 64 << 10),
  /// The copy of the volume's own, from TrueCrypt 6 on.
  BACKUP("backup header", false, -(128L << 10)),
  /// The copy of a hidden volume's.
  HIDDEN_BACKUP("hidden volume, backup header", true, -(64L << 10)),
  /// A hidden volume's in a volume of TrueCrypt 5.
  OLD_HIDDEN("hidden volume", true, -1536);

  private final String remark;
  private final boolean hidden;
  private final long offset;

  HeaderPlace(String remark, boolean hidden, long offset) {
    this.remark = remark;
    this.hidden = hidden;
    this.offset = offset;
  }

  /// For people; empty for the ordinary one.
  String remark() {
    return remark;
  }

  /// Whether it is a hidden volume's.
  boolean isHidden() {
    return hidden;
  }

  /// Whether a volume of `program` may have one here.
  boolean isOf(Program program) {
    return this != OLD_HIDDEN || program == Program.TRUECRYPT;
  }

  /// Whether it stands in for another header.
  boolean isBackup() {
    return this == BACKUP || this == HIDDEN_BACKUP;
  }

  /// First byte of the header on a volume of `size` bytes; -1 where it has no room.
  long offset(long size) {
    long start = offset >= 0 ? offset : size + offset;
    return start >= 0 && start <= size - VolumeHeader.LENGTH ? start : -1;
  }
}
