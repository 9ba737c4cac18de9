package org.diskferry.media.fs.hfsplus;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.diskferry.media.MediaException;

/// Where the journal is: TN1150, "Journal Info Block".
///
/// | offset | bytes | field |
/// |---|---|---|
/// | 0 | 4 | flags: 1 on this volume, 2 on another device, 4 not made yet |
/// | 36 | 8 | first byte |
/// | 44 | 8 | bytes |
record JournalPlace(int flags, long offset, long size) {
  private static final int LENGTH = 52;
  private static final int HERE = 1;
  private static final int ELSEWHERE = 2;
  private static final int NOT_MADE = 4;

  static JournalPlace read(VolumeHeader header, Blocks blocks) throws MediaException {
    Space space = blocks.space();
    long block = header.journalInfoBlock();
    long at = space.place(block);
    if (block == 0 || block >= space.blocks() || at > blocks.source().size() - LENGTH) {
      throw MediaException.damaged("the journal's description is said to be in block " + block);
    }
    ByteBuffer bytes = ByteBuffer.allocate(LENGTH).order(ByteOrder.BIG_ENDIAN);
    blocks.budget().chargeRead(LENGTH);
    blocks.source().read(at, bytes);
    return new JournalPlace(bytes.getInt(0), bytes.getLong(36), bytes.getLong(44));
  }

  boolean isElsewhere() {
    return (flags & ELSEWHERE) != 0 || (flags & HERE) == 0;
  }

  boolean isMade() {
    return (flags & NOT_MADE) == 0;
  }

  /// Whether it lies within `blocks` and on the medium.
  boolean isWithin(Blocks blocks) {
    long end = Math.min(blocks.space().bytes(), blocks.source().size() - blocks.space().base());
    return offset > 0 && size > 0 && offset <= end - size;
  }
}
