package org.diskferry.media.fs.ntfs;

/// Numbers of nodes: a file has its record's; its streams have the same with their place in the top
/// bits.
final class NodeId {
  private static final int RECORD_BITS = 48;

  /// What fits above a record number in a positive `long`.
  static final int MOST_STREAMS = (1 << 15) - 1;

  private NodeId() {}

  static long ofStream(long record, int index) {
    return (index + 1L) << RECORD_BITS | record;
  }

  static long record(long id) {
    return id & ((1L << RECORD_BITS) - 1);
  }

  /// Place among the file's streams; -1 for the file itself.
  static int streamIndex(long id) {
    return (int) (id >>> RECORD_BITS) - 1;
  }
}
