package org.diskferry.media.fs.hfsplus;

/// Numbers of nodes. A folder has its CNID. A file has the place of its record, since a CNID alone
/// does not lead to it; a file with several names has the number by which they know it.
///
/// | bits 60–62 | bits 0–47 |
/// |---|---|
/// | 0 folder | CNID |
/// | 1 file, 2 its resource fork | leaf << 15, record |
/// | 3 linked file, 4 its resource fork | number of the linked file |
/// | 5 file whose record is lost | CNID |
record NodeId(Kind kind, long value) {
  private static final int KIND_SHIFT = 60;
  private static final int RECORD_BITS = 15;

  /// What a number stands for.
  enum Kind {
    FOLDER(0),
    FILE(1),
    RESOURCE_FORK(2),
    LINKED(3),
    LINKED_RESOURCE_FORK(4),
    LOST(5),
    NONE(-1);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    static Kind of(int code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      return NONE;
    }
  }

  static NodeId of(long id) {
    return new NodeId(Kind.of((int) (id >>> KIND_SHIFT)), id & ((1L << KIND_SHIFT) - 1));
  }

  static long file(long leaf, int record) {
    return id(Kind.FILE, leaf << RECORD_BITS | record);
  }

  static long linked(long number) {
    return id(Kind.LINKED, number);
  }

  static long lost(long cnid) {
    return id(Kind.LOST, cnid);
  }

  private static long id(Kind kind, long value) {
    return (long) kind.code << KIND_SHIFT | value;
  }

  /// Of the resource fork of the file `id`.
  static long resourceFork(long id) {
    NodeId file = of(id);
    return id(
        file.kind() == Kind.LINKED ? Kind.LINKED_RESOURCE_FORK : Kind.RESOURCE_FORK, file.value());
  }

  long leaf() {
    return value >>> RECORD_BITS;
  }

  int record() {
    return (int) value & ((1 << RECORD_BITS) - 1);
  }
}
