package org.diskferry.media.fs.ext;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// One entry of a descriptor block of the journal: which block of the volume the next block of the
/// log belongs to. Its layout depends on the journal's features: 8, 10, 12, 14 or 16 bytes.
///
/// @param block of the volume
/// @param isEscaped whether its first four bytes were replaced
/// @param checksum of the block in the log
/// @param checksumMask bits of it that are stored; 0 for none
record JournalTag(long block, boolean isEscaped, int checksum, int checksumMask) {
  private static final int HEADER = 12;
  private static final int TAIL = 4;
  private static final int UUID = 16;
  private static final int FLAG_ESCAPED = 1;
  private static final int FLAG_SAME_UUID = 2;
  private static final int FLAG_LAST = 8;

  /// All entries of `descriptor`.
  static List<JournalTag> readAll(ByteBuffer descriptor, JournalSuperblock journal) {
    int size = size(journal);
    int end = descriptor.capacity() - (journal.hasBlockChecksums() ? TAIL : 0);
    List<JournalTag> tags = new ArrayList<>();
    int at = HEADER;
    while (at + size <= end) {
      int flags = Fields.u16(descriptor, at + 6);
      tags.add(read(descriptor, at, flags, journal));
      at += size + ((flags & FLAG_SAME_UUID) == 0 ? UUID : 0);
      if ((flags & FLAG_LAST) != 0) {
        break;
      }
    }
    return tags;
  }

  private static int size(JournalSuperblock journal) {
    if (journal.hasWideTags()) {
      return 16;
    }
    return 8 + (journal.isWide() ? 4 : 0) + (journal.hasBlockChecksums() ? 2 : 0);
  }

  private static JournalTag read(
      ByteBuffer descriptor, int at, int flags, JournalSuperblock journal) {
    long high = journal.isWide() ? Fields.u32(descriptor, at + 8) << 32 : 0;
    long block = high | Fields.u32(descriptor, at);
    boolean isEscaped = (flags & FLAG_ESCAPED) != 0;
    if (journal.hasWideTags()) {
      return new JournalTag(block, isEscaped, descriptor.getInt(at + 12), -1);
    }
    int mask = journal.hasBlockChecksums() ? 0xFFFF : 0;
    return new JournalTag(block, isEscaped, Fields.u16(descriptor, at + 4), mask);
  }
}
