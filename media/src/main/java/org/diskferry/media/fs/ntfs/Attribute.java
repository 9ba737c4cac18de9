package org.diskferry.media.fs.ntfs;

import java.nio.ByteBuffer;

/// One attribute of a file record: everything that NTFS stores is one.
///
/// | offset | bytes | field |
/// |---|---|---|
/// | 0 | 4 | type |
/// | 4 | 4 | length of all |
/// | 8 | 1 | 1: not resident |
/// | 9 | 1 | length of the name in units |
/// | 10 | 2 | offset of the name |
/// | 12 | 2 | flags: 1 compressed, 4000h encrypted, 8000h sparse |
/// | 16 | 4 | resident: length of the value |
/// | 20 | 2 | resident: offset of the value |
/// | 16 | 8 | else: first virtual cluster of this part |
/// | 24 | 8 | last virtual cluster of this part |
/// | 32 | 2 | offset of the mapping pairs |
/// | 34 | 1 | clusters of a compression unit, as a power of 2; 0: none |
/// | 40 | 8 | bytes allocated (in the first part only, as the next two) |
/// | 48 | 8 | bytes of the value |
/// | 56 | 8 | bytes of it that were ever written: the rest reads as zeros |
sealed interface Attribute {
  int STANDARD_INFORMATION = 0x10;
  int ATTRIBUTE_LIST = 0x20;
  int FILE_NAME = 0x30;
  int VOLUME_NAME = 0x60;
  int VOLUME_INFORMATION = 0x70;
  int DATA = 0x80;
  int INDEX_ROOT = 0x90;
  int INDEX_ALLOCATION = 0xA0;
  int BITMAP = 0xB0;
  int REPARSE_POINT = 0xC0;

  int COMPRESSION_MASK = 0x00FF;
  int ENCRYPTED = 0x4000;

  /// What both forms have.
  ///
  /// @param type one of the constants, or one that we do not know
  /// @param name units as stored; empty for most
  /// @param flags see above
  record Key(int type, String name, int flags) {}

  /// Type, name and flags.
  Key key();

  /// Whether this is of `type` with `name`.
  default boolean is(int type, String name) {
    return key().type() == type && key().name().equals(name);
  }

  /// First virtual cluster of this part; 0 for a resident one.
  long firstVcn();

  /// An attribute whose value lies in the record.
  record Resident(Key key, ByteBuffer value) implements Attribute {
    @Override
    public long firstVcn() {
      return 0;
    }
  }

  /// An attribute, or a part of one, whose value lies in runs of clusters.
  record Mapped(
      Key key,
      long firstVcn,
      long lastVcn,
      int unitShift,
      long size,
      long written,
      ByteBuffer pairs)
      implements Attribute {}
}
