package org.diskferry.media.fs.ntfs;

/// Which record, and which use of it: the sequence number grows when a record is used anew.
///
/// @param record number in the master file table
/// @param sequence of the use that is meant; 0 means any
record FileReference(long record, int sequence) {
  private static final int RECORD_BITS = 48;

  static FileReference of(long packed) {
    return new FileReference(
        packed & ((1L << RECORD_BITS) - 1), (int) (packed >>> RECORD_BITS) & 0xFFFF);
  }

  /// Whether this leads to a record that carries `actual`.
  boolean means(int actual) {
    return sequence == 0 || sequence == actual;
  }
}
