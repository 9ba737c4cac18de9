package org.diskferry.media.fs.ext;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;

/// Reads the log from its first transaction to its end and tells what replaying it would change.
///
/// A transaction counts when its commit block is there and every checksum that the journal promises
/// holds. The log ends at the first block that does not go on with it. Where a transaction was
/// committed and cannot be read, the volume cannot be believed either, and this throws, as drivers
/// refuse to mount it. A single block of the log that is damaged costs the block that it replaces.
final class Recovery {
  /// Blocks that a log may replace: 4 GiB of metadata of 4 KiB blocks, at most 100 MB of heap.
  private static final int MOST_REPLACED = 1 << 20;

  /// Remarks beyond these say nothing new.
  private static final int MOST_REMARKS = 100;

  private static final int HEADER = 12;
  private static final int REVOKE_HEADER = 16;
  private static final int TAIL = 4;
  private static final int COMMIT_CHECKSUM = 16;
  private static final int COMMIT_SECONDS = 0x30;
  private static final int CRC32_TYPE_AND_SIZE = 0x0104;

  private record Pending(JournalTag tag, long logBlock) {}

  private final JournalLog log;
  private final JournalSuperblock journal;
  private final Geometry geometry;
  private final Budget budget;
  private final Map<Long, Newer> newer = new HashMap<>();
  private final List<String> remarks = new ArrayList<>();
  private final List<Pending> pending = new ArrayList<>();
  private final List<Long> revoked = new ArrayList<>();
  private FastChanges changes = new FastChanges();
  private long next;
  private long passed;
  private int sequence;
  private int transactionCrc = -1;
  private long lastCommit;
  private boolean isSuspect;

  Recovery(JournalLog log, JournalSuperblock journal, Geometry geometry, Budget budget) {
    this.log = log;
    this.journal = journal;
    this.geometry = geometry;
    this.budget = budget;
    this.next = journal.start();
    this.sequence = journal.firstSequence();
  }

  Replay replay() throws MediaException {
    boolean goesOn = !journal.isEmpty();
    while (goesOn) {
      long number = advance();
      ByteBuffer block = log.block(number);
      goesOn = belongs(block) && take(block, number);
    }
    if (journal.hasFastCommits() && !journal.isEmpty()) {
      FastCommitLog.Found found =
          new FastCommitLog(log, journal, geometry.inodeSize(), sequence, budget).read();
      changes = found.changes();
      found.remarks().forEach(this::remark);
    }
    return new Replay(newer, remarks);
  }

  /// What fast commits changed after the last transaction of the log.
  FastChanges changes() {
    return changes;
  }

  private long advance() throws MediaException {
    long length = journal.end() - journal.first();
    if (++passed > length) {
      throw MediaException.damaged("the journal's log has no end");
    }
    long number = next++;
    if (next >= journal.end()) {
      next -= length;
    }
    return number;
  }

  private boolean belongs(ByteBuffer block) {
    return belongs(block, sequence);
  }

  private static boolean belongs(ByteBuffer block, int sequence) {
    return block.getInt(0) == JournalSuperblock.MAGIC && block.getInt(8) == sequence;
  }

  private boolean take(ByteBuffer block, long number) throws MediaException {
    budget.chargeStep();
    return switch (block.getInt(4)) {
      case 1 -> descriptor(block);
      case 2 -> commit(block, number);
      case 5 -> revocation(block);
      default -> false;
    };
  }

  private boolean descriptor(ByteBuffer block) throws MediaException {
    isSuspect |= !tailHolds(block);
    boolean sums = journal.hasTransactionChecksums();
    if (sums) {
      transactionCrc = BigCrc32.add(transactionCrc, block);
    }
    checkReplaced(pending.size());
    for (JournalTag tag : JournalTag.readAll(block, journal)) {
      long number = advance();
      if (sums) {
        transactionCrc = BigCrc32.add(transactionCrc, log.block(number));
      }
      pending.add(new Pending(tag, number));
    }
    return true;
  }

  private boolean tailHolds(ByteBuffer block) {
    int tail = block.capacity() - TAIL;
    return !journal.hasBlockChecksums()
        || block.getInt(tail) == journal.crc().start().add(block, 0, tail).addZeros(TAIL).value();
  }

  private boolean revocation(ByteBuffer block) throws MediaException {
    isSuspect |= !tailHolds(block);
    int end = block.capacity() - (journal.hasBlockChecksums() ? TAIL : 0);
    long used = Fields.u32(block, HEADER);
    if (used > end) {
      isSuspect = true;
      return true;
    }
    int size = journal.isWide() ? Long.BYTES : Integer.BYTES;
    for (int at = REVOKE_HEADER; at + size <= used; at += size) {
      revoked.add(journal.isWide() ? block.getLong(at) : Fields.u32(block, at));
    }
    return true;
  }

  private boolean commit(ByteBuffer block, long number) throws MediaException {
    long time = block.getLong(COMMIT_SECONDS);
    if (isSuspect) {
      // Blocks of an earlier life of the journal may carry the number that is expected next.
      if (time < lastCommit) {
        return false;
      }
      throw damaged("a block of it has a wrong checksum");
    }
    if (!commitHolds(block)) {
      if (time >= lastCommit && isFollowedByAnother()) {
        throw damaged("its commit in block " + number + " has a wrong checksum");
      }
      return false;
    }
    apply();
    lastCommit = time;
    transactionCrc = -1;
    sequence++;
    return true;
  }

  private boolean commitHolds(ByteBuffer block) {
    int stored = block.getInt(COMMIT_CHECKSUM);
    if (journal.hasBlockChecksums()) {
      int rest = COMMIT_CHECKSUM + 4;
      return stored
          == journal
              .crc()
              .start()
              .add(block, 0, COMMIT_CHECKSUM)
              .addZeros(4)
              .add(block, rest, block.capacity() - rest)
              .value();
    }
    int typeAndSize = Fields.u16(block, HEADER);
    return !journal.hasTransactionChecksums()
        || (typeAndSize == 0 && stored == 0)
        || (typeAndSize == CRC32_TYPE_AND_SIZE && stored == transactionCrc);
  }

  // A last commit that is torn never happened; one in the midst of the log did.
  private boolean isFollowedByAnother() throws MediaException {
    return belongs(log.block(next), sequence + 1);
  }

  private MediaException damaged(String what) {
    return MediaException.damaged(
        "the journal's transaction %s: %s".formatted(Integer.toUnsignedString(sequence), what));
  }

  private void apply() throws MediaException {
    for (Pending one : pending) {
      long block = one.tag().block();
      if (block < 0 || block >= geometry.blocks()) {
        throw damaged("it is to replace block " + Long.toUnsignedString(block));
      }
      newer.put(block, newer(one));
    }
    pending.clear();
    revoked.forEach(newer::remove);
    revoked.clear();
    checkReplaced(newer.size());
  }

  private static void checkReplaced(int count) throws MediaException {
    if (count > MOST_REPLACED) {
      throw MediaException.exceeded("the journal replaces more than " + MOST_REPLACED + " blocks");
    }
  }

  private Newer newer(Pending one) throws MediaException {
    long number = one.logBlock();
    try {
      if (holds(one)) {
        long physical = log.physical(number);
        return one.tag().isEscaped() ? new Newer.Escaped(physical) : new Newer.Plain(physical);
      }
      return lost(one, "checksum is wrong");
    } catch (MediaException e) {
      return lost(one, Groups.reasonUnlessFatal(e));
    }
  }

  private boolean holds(Pending one) throws MediaException {
    int mask = one.tag().checksumMask();
    if (mask == 0) {
      return true;
    }
    ByteBuffer block = log.block(one.logBlock());
    int computed = journal.crc().start().addBig(sequence).add(block, 0, block.capacity()).value();
    return (computed & mask) == (one.tag().checksum() & mask);
  }

  private Newer lost(Pending one, String reason) {
    String remark =
        "block %d: its newer content, in block %d of the journal: %s"
            .formatted(one.tag().block(), one.logBlock(), reason);
    remark(remark);
    return new Newer.Lost(remark);
  }

  private void remark(String remark) {
    if (remarks.size() < MOST_REMARKS) {
      remarks.add(remark);
    }
  }
}
