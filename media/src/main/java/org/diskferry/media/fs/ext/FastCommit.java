package org.diskferry.media.fs.ext;

import java.nio.ByteBuffer;

/// One change since the last full commit, as a fast commit records it: kernel documentation of
/// ext4, "Fast commits"; all fields little-endian.
///
/// | kind | name | bytes |
/// |---|---|---|
/// | 1 | range added | inode (4), extent (12) |
/// | 2 | range deleted | inode (4), first block of the file (4), blocks (4) |
/// | 3, 4, 5 | file created, linked, unlinked | directory (4), inode (4), name |
/// | 6 | inode | inode (4), its bytes |
/// | 7 | padding | |
/// | 8 | tail | transaction (4), checksum (4) |
/// | 9 | head | features (4), transaction (4) |
sealed interface FastCommit {

  /// Number of the inode that it changes.
  long inode();

  /// From now on blocks of the file lie there.
  record RangeAdded(long inode, Run run) implements FastCommit {
    static final int LENGTH = 16;

    /// Lengths above this are of extents that are reserved and not written.
    private static final int LONGEST_WRITTEN = 1 << 15;

    static RangeAdded read(ByteBuffer bytes, int at) {
      int length = Fields.u16(bytes, at + 8);
      boolean isWritten = length <= LONGEST_WRITTEN;
      long physical = (long) Fields.u16(bytes, at + 10) << 32 | Fields.u32(bytes, at + 12);
      Run run =
          new Run(
              Fields.u32(bytes, at + 4),
              physical,
              isWritten ? length : length - LONGEST_WRITTEN,
              isWritten);
      return new RangeAdded(Fields.u32(bytes, at), run);
    }
  }

  /// From now on the file has no such blocks.
  record RangeDeleted(long inode, long logical, long count) implements FastCommit {
    static final int LENGTH = 12;

    static RangeDeleted read(ByteBuffer bytes, int at) {
      return new RangeDeleted(
          Fields.u32(bytes, at), Fields.u32(bytes, at + 4), Fields.u32(bytes, at + 8));
    }
  }

  /// A directory has one name more, or less.
  ///
  /// @param name as bytes, not to be changed
  record Named(What what, long directory, long inode, ByteBuffer name) implements FastCommit {
    static final int LENGTH = 8;
    static final int LONGEST_NAME = 255;

    /// What happened to it.
    enum What {
      CREATED,
      LINKED,
      UNLINKED
    }

    static Named read(What what, ByteBuffer bytes, int at, int length) {
      return new Named(
          what,
          Fields.u32(bytes, at),
          Fields.u32(bytes, at + 4),
          Fields.copy(bytes, at + LENGTH, length - LENGTH));
    }
  }

  /// The inode itself, but for its map of blocks.
  ///
  /// @param raw not to be changed
  record Written(long inode, ByteBuffer raw) implements FastCommit {
    static final int LENGTH = 4;

    static Written read(ByteBuffer bytes, int at, int length) {
      return new Written(Fields.u32(bytes, at), Fields.copy(bytes, at + LENGTH, length - LENGTH));
    }
  }
}
