package org.diskferry.media.fs.hfsplus;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.diskferry.media.MediaException;

/// A part of a transaction: which blocks it changes. Their new bytes follow it in the log. TN1150,
/// "Block List Header"; flags and sums came with Mac OS X 10.5.
///
/// | offset | bytes | field |
/// |---|---|---|
/// | 0 | 2 | blocks that there is room for |
/// | 2 | 2 | blocks, one more than there are |
/// | 4 | 4 | bytes used, this list included |
/// | 8 | 4 | checksum of the first 32 bytes |
/// | 12 | 4 | flags: 1 blocks have checksums, 2 first list of its transaction |
/// | 28 | 4 | whether more lists follow; the transaction's number where there are flags |
/// | 32 | 16 each | block in units of the journal, bytes, checksum |
record BlockList(int used, int flags, int tag, List<Change> changes) {
  static final int SMALLEST = 32;
  private static final int CHECKSUM = 8;
  private static final int CHANGE = 16;
  private static final int HAS_CHECKSUMS = 1;
  private static final int IS_FIRST = 2;

  /// @param unit number of the first unit on the volume; -1 for what is not to be replaced any more
  record Change(long unit, int bytes, int checksum) {}

  BlockList {
    changes = List.copyOf(changes);
  }

  static BlockList read(ByteBuffer list, String what) throws MediaException {
    if (JournalChecksum.of(list, SMALLEST, CHECKSUM) != list.getInt(CHECKSUM)) {
      throw MediaException.damaged(what + ": its list of blocks has a wrong checksum");
    }
    int count = Short.toUnsignedInt(list.getShort(2));
    if (count < 1
        || count > Short.toUnsignedInt(list.getShort(0))
        || count > list.capacity() / CHANGE - 1) {
      throw MediaException.damaged(what + ": " + count + " blocks in a list");
    }
    List<Change> changes = new ArrayList<>();
    long sum = list.capacity();
    for (int i = 1; i < count; i++) {
      int at = CHANGE + CHANGE * i;
      Change change = new Change(list.getLong(at), list.getInt(at + 8), list.getInt(at + 12));
      if (change.bytes() <= 0 || change.unit() < -1) {
        throw MediaException.damaged(
            what + ": " + change.bytes() + " bytes at unit " + change.unit());
      }
      sum += change.bytes();
      changes.add(change);
    }
    int used = list.getInt(4);
    if (used < sum) {
      throw MediaException.damaged(what + ": " + used + " bytes used for " + sum);
    }
    return new BlockList(used, list.getInt(12), list.getInt(28), changes);
  }

  boolean hasChecksums() {
    return (flags & HAS_CHECKSUMS) != 0;
  }

  /// Whether its transaction begins with it; `goesOn` where the list before said that more follow.
  boolean isFirst(boolean goesOn) {
    return flags == 0 ? !goesOn : (flags & IS_FIRST) != 0;
  }

  /// Whether it is the first list of the transaction behind number `last`, and can prove it.
  boolean follows(int last) {
    return hasChecksums() && (flags & IS_FIRST) != 0 && last != 0 && tag == last + 1;
  }

  boolean saysMoreFollow() {
    return flags == 0 && tag != 0;
  }

  /// The number of the transaction; 0 where it has none.
  int sequence() {
    return flags == 0 ? 0 : tag;
  }
}
