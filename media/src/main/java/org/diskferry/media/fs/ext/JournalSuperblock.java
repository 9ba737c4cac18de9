package org.diskferry.media.fs.ext;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.diskferry.media.MediaException;

/// The first block of the journal (kernel documentation of ext4, "Journal (jbd2)"): big-endian.
///
/// | offset | bytes | field |
/// |---|---|---|
/// | 0x00 | 4 | 0xC03B3998 |
/// | 0x04 | 4 | kind: 3 or 4 for the two versions |
/// | 0x0C, 0x10 | 4, 4 | size of a block, number of blocks |
/// | 0x14, 0x18, 0x1C | 4, 4, 4 | first block of the log, first transaction, where it begins |
/// | 0x24, 0x28, 0x2C | 4 each | features |
/// | 0x30 | 16 | UUID |
/// | 0x54 | 4 | blocks for fast commits |
/// | 0xFC | 4 | checksum |
final class JournalSuperblock {
  static final int MAGIC = 0xC03B3998;

  private static final int SIZE = 1024;
  private static final int VERSION_1 = 3;
  private static final int VERSION_2 = 4;
  private static final int CHECKSUM = 0xFC;
  private static final int FEATURE_CHECKSUM = 1;
  private static final int FEATURE_WIDE = 2;
  private static final int FEATURE_CHECKSUM_2 = 8;
  private static final int FEATURE_CHECKSUM_3 = 0x10;
  private static final int FEATURE_FAST_COMMIT = 0x20;
  private static final int FEATURES_UNDERSTOOD = 0x3F;
  private static final int FAST_COMMIT_BLOCKS = 256;
  private static final int SMALLEST_LOG = 1024;

  private final ByteBuffer raw;

  private JournalSuperblock(ByteBuffer raw) {
    this.raw = raw;
  }

  /// Reads and checks; `length` is the journal's number of blocks by its inode.
  static JournalSuperblock read(ByteBuffer block, int blockSize, long length)
      throws MediaException {
    JournalSuperblock journal =
        new JournalSuperblock(Fields.copy(block, 0, SIZE).order(ByteOrder.BIG_ENDIAN));
    journal.check(blockSize, length);
    return journal;
  }

  private void check(int blockSize, long length) throws MediaException {
    int kind = raw.getInt(4);
    check(raw.getInt(0) == MAGIC && (kind == VERSION_1 || kind == VERSION_2), "its mark is wrong");
    int unknown = incompatible() & ~FEATURES_UNDERSTOOD;
    if (unknown != 0) {
      throw MediaException.unsupported("its journal uses unknown features 0x%X".formatted(unknown));
    }
    check(!(has(FEATURE_CHECKSUM_2) && has(FEATURE_CHECKSUM_3)), "it has two kinds of checksums");
    check(!hasBlockChecksums() || checksumHolds(), "checksum is wrong");
    check(raw.getInt(0x0C) == blockSize, "its blocks have " + raw.getInt(0x0C) + " bytes");
    check(Fields.u32(raw, 0x10) <= length, "it claims " + Fields.u32(raw, 0x10) + " blocks");
    check(first() > 0 && first() < end(), "its log begins at block " + first());
    check(
        isEmpty() || (start() >= first() && start() < end()),
        "its first transaction begins at block " + start());
  }

  private static void check(boolean holds, String reason) throws MediaException {
    if (!holds) {
      throw MediaException.damaged("the journal's superblock: " + reason);
    }
  }

  private boolean checksumHolds() {
    int rest = CHECKSUM + 4;
    return raw.getInt(CHECKSUM)
        == SeededCrc.plain()
            .start()
            .add(raw, 0, CHECKSUM)
            .addZeros(4)
            .add(raw, rest, SIZE - rest)
            .value();
  }

  private int incompatible() {
    return raw.getInt(4) == VERSION_1 ? 0 : raw.getInt(0x28);
  }

  private boolean has(int incompatible) {
    return (incompatible() & incompatible) != 0;
  }

  boolean isEmpty() {
    return start() == 0;
  }

  long first() {
    return Fields.u32(raw, 0x14);
  }

  int firstSequence() {
    return raw.getInt(0x18);
  }

  long start() {
    return Fields.u32(raw, 0x1C);
  }

  /// First block behind the log; blocks for fast commits follow.
  long end() {
    long all = Fields.u32(raw, 0x10);
    if (!hasFastCommits()) {
      return all;
    }
    long some = Fields.u32(raw, 0x54);
    long fast = some == 0 ? FAST_COMMIT_BLOCKS : some;
    return all - fast >= SMALLEST_LOG ? all - fast : all;
  }

  boolean hasFastCommits() {
    return has(FEATURE_FAST_COMMIT);
  }

  /// Blocks by the journal's own count.
  long blocks() {
    return Fields.u32(raw, 0x10);
  }

  boolean isWide() {
    return has(FEATURE_WIDE);
  }

  /// Whether every block of the log has a checksum of its own.
  boolean hasBlockChecksums() {
    return has(FEATURE_CHECKSUM_2) || has(FEATURE_CHECKSUM_3);
  }

  boolean hasWideTags() {
    return has(FEATURE_CHECKSUM_3);
  }

  /// Whether a commit has one checksum of its whole transaction.
  boolean hasTransactionChecksums() {
    return raw.getInt(4) == VERSION_2 && (raw.getInt(0x24) & FEATURE_CHECKSUM) != 0;
  }

  SeededCrc crc() {
    byte[] uuid = new byte[16];
    raw.get(0x30, uuid);
    return SeededCrc.after(uuid);
  }
}
