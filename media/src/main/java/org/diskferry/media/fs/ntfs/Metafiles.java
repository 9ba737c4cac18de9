package org.diskferry.media.fs.ntfs;

/// The file system's own files, told by their numbers: a customer's file may have any name.
final class Metafiles {
  static final long VOLUME = 3;
  static final long LOG = 2;
  static final long ROOT = 5;
  static final long BITMAP = 6;
  static final long BAD_CLUSTERS = 8;
  static final long EXTEND = 11;

  /// 0 to 11 are files, 12 to 15 are set aside, 16 to 23 are for the table's own continuation.
  private static final long FIRST_OF_USERS = 24;

  private Metafiles() {}

  /// Whether `record` belongs to the file system. The root does not: it is the customer's.
  static boolean include(long record) {
    return record < FIRST_OF_USERS && record != ROOT;
  }
}
