package org.diskferry.media.fs.hfsplus;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.diskferry.media.MediaException;

/// What describes the journal's log: TN1150, "Journal Header". In the byte order of the processor
/// that wrote it.
///
/// | offset | bytes | field |
/// |---|---|---|
/// | 0 | 4 | `JNLx` as a number |
/// | 4 | 4 | `12345678` |
/// | 8, 16 | 8 | first byte of the oldest transaction, and behind the newest |
/// | 24 | 8 | bytes of the journal |
/// | 32 | 4 | bytes of a block list |
/// | 36 | 4 | checksum of the first 44 bytes |
/// | 40 | 4 | bytes of this header: the unit in which blocks are counted |
record JournalHeader(ByteOrder order, long start, long end, long size, int listSize, int unit) {
  static final int LENGTH = 44;
  private static final int MAGIC = 0x4A4E_4C78;
  private static final int OLD_MAGIC = 0x4A48_4452;
  private static final int ENDIAN = 0x1234_5678;
  private static final int CHECKSUM = 36;
  private static final int LARGEST_UNIT = 1 << 16;
  private static final int LARGEST_LIST = 1 << 20;

  static JournalHeader read(ByteBuffer bytes, long size) throws MediaException {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      ByteBuffer ordered = bytes.duplicate().order(order);
      int magic = ordered.getInt(0);
      if ((magic == MAGIC || magic == OLD_MAGIC) && ordered.getInt(4) == ENDIAN) {
        return read(ordered).checked(size);
      }
    }
    throw MediaException.damaged("the journal's header is missing");
  }

  private static JournalHeader read(ByteBuffer bytes) throws MediaException {
    if (JournalChecksum.of(bytes, LENGTH, CHECKSUM) != bytes.getInt(CHECKSUM)) {
      throw MediaException.damaged("the journal's header has a wrong checksum");
    }
    return new JournalHeader(
        bytes.order(),
        bytes.getLong(8),
        bytes.getLong(16),
        bytes.getLong(24),
        bytes.getInt(32),
        bytes.getInt(40));
  }

  private JournalHeader checked(long available) throws MediaException {
    boolean isUnit = Integer.bitCount(unit) == 1 && unit >= 512 && unit <= LARGEST_UNIT;
    boolean isList = listSize >= BlockList.SMALLEST && listSize <= LARGEST_LIST;
    if (!isUnit || !isList || size > available || size < 2L * unit || listSize > size - unit) {
      throw MediaException.damaged(
          "the journal's header is damaged: %d bytes in units of %d, lists of %d"
              .formatted(size, unit, listSize));
    }
    if (!isPlace(start) || !isPlace(end)) {
      throw MediaException.damaged(
          "the journal's header is damaged: transactions from byte %d to %d".formatted(start, end));
    }
    return this;
  }

  private boolean isPlace(long at) {
    return at >= unit && at <= size;
  }

  boolean isEmpty() {
    return wrapped(start) == wrapped(end);
  }

  /// The byte of the log that `at` means: behind the end it goes on behind the header.
  long wrapped(long at) {
    return at >= size ? at - size + unit : at;
  }
}
