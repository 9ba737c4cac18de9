package org.diskferry.media.fs.ext;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;

/// Reads the blocks behind the log, which hold what fast commits changed since the last full one:
/// each a sequence of tags (kind, 2 bytes; length, 2 bytes; value) that a tail ends. A fast commit
/// counts when its tail has the number of the transaction that would be committed next, and a right
/// checksum; at the first that does not, they end: it is torn, or from an earlier life of the
/// blocks.
final class FastCommitLog {
  /// Changes beyond these are not kept, some 200 MB of heap; the kernel's own area has room for a
  /// hundredth of it.
  private static final int MOST_CHANGES = 1 << 20;

  private static final int TAG = 4;
  private static final int RANGE_ADDED = 1;
  private static final int RANGE_DELETED = 2;
  private static final int CREATED = 3;
  private static final int LINKED = 4;
  private static final int UNLINKED = 5;
  private static final int INODE = 6;
  private static final int PADDING = 7;
  private static final int TAIL = 8;
  private static final int HEAD = 9;
  private static final int TAIL_LENGTH = 8;
  private static final int HEAD_LENGTH = 8;

  private final JournalLog log;
  private final JournalSuperblock journal;
  private final int inodeSize;
  private final int sequence;
  private final Budget budget;
  private final FastChanges changes = new FastChanges();
  private final List<FastCommit> pending = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private final SeededCrc crc = SeededCrc.from(0);
  private SeededCrc.Running running = crc.start();
  private int count;

  /// @param sequence number of the transaction behind the last one of the log
  FastCommitLog(
      JournalLog log, JournalSuperblock journal, int inodeSize, int sequence, Budget budget) {
    this.log = log;
    this.journal = journal;
    this.inodeSize = inodeSize;
    this.sequence = sequence;
    this.budget = budget;
  }

  /// What was found.
  ///
  /// @param remarks what could not be read, and what that costs
  record Found(FastChanges changes, List<String> remarks) {}

  Found read() throws MediaException {
    boolean goesOn = true;
    for (long number = journal.end() + 1; goesOn && number < journal.blocks(); number++) {
      boolean isFirst = number == journal.end() + 1;
      try {
        goesOn = block(log.block(number).order(ByteOrder.LITTLE_ENDIAN), isFirst);
      } catch (MediaException e) {
        remarks.add(
            "fast commits from block %d of the journal on: %s; what they changed is not seen"
                .formatted(number, Groups.reasonUnlessFatal(e)));
        goesOn = false;
      }
    }
    return new Found(changes, remarks);
  }

  // Whether more may follow.
  private boolean block(ByteBuffer block, boolean isFirst) throws MediaException {
    if (isFirst && Fields.u16(block, 0) != HEAD) {
      return false;
    }
    int at = 0;
    while (at <= block.capacity() - TAG) {
      int kind = Fields.u16(block, at);
      int length = Fields.u16(block, at + 2);
      if (length > block.capacity() - at - TAG || !isLength(kind, length)) {
        return false;
      }
      budget.chargeStep();
      if (!tag(block, at, kind, length)) {
        return false;
      }
      at += TAG + length;
    }
    return true;
  }

  private boolean isLength(int kind, int length) {
    return switch (kind) {
      case RANGE_ADDED -> length == FastCommit.RangeAdded.LENGTH;
      case RANGE_DELETED -> length == FastCommit.RangeDeleted.LENGTH;
      case CREATED, LINKED, UNLINKED ->
          length > FastCommit.Named.LENGTH
              && length <= FastCommit.Named.LENGTH + FastCommit.Named.LONGEST_NAME;
      case INODE ->
          length >= FastCommit.Written.LENGTH + Inode.SMALL
              && length <= FastCommit.Written.LENGTH + inodeSize;
      case PADDING -> true;
      case TAIL -> length >= TAIL_LENGTH;
      case HEAD -> length == HEAD_LENGTH;
      default -> false;
    };
  }

  private boolean tag(ByteBuffer block, int at, int kind, int length) throws MediaException {
    int value = at + TAG;
    if (kind == TAIL) {
      return tail(block, at);
    }
    if (kind == HEAD && !head(block, value)) {
      return false;
    }
    running.add(block, at, TAG + length);
    switch (kind) {
      case RANGE_ADDED -> add(FastCommit.RangeAdded.read(block, value));
      case RANGE_DELETED -> add(FastCommit.RangeDeleted.read(block, value));
      case CREATED -> add(named(FastCommit.Named.What.CREATED, block, value, length));
      case LINKED -> add(named(FastCommit.Named.What.LINKED, block, value, length));
      case UNLINKED -> add(named(FastCommit.Named.What.UNLINKED, block, value, length));
      case INODE -> add(FastCommit.Written.read(block, value, length));
      default -> {}
    }
    return true;
  }

  private static FastCommit named(
      FastCommit.Named.What what, ByteBuffer block, int value, int length) {
    return FastCommit.Named.read(what, block, value, length);
  }

  private void add(FastCommit change) throws MediaException {
    if (++count > MOST_CHANGES) {
      throw MediaException.exceeded("more than " + MOST_CHANGES + " changes in fast commits");
    }
    pending.add(change);
  }

  private boolean head(ByteBuffer block, int value) throws MediaException {
    if (block.getInt(value + 4) != sequence) {
      return false;
    }
    if (block.getInt(value) != 0) {
      throw MediaException.unsupported(
          "they use unknown features 0x%X".formatted(block.getInt(value)));
    }
    return true;
  }

  private boolean tail(ByteBuffer block, int at) {
    int sum = running.add(block, at, TAG + Integer.BYTES).value();
    running = crc.start();
    boolean holds =
        block.getInt(at + TAG) == sequence && block.getInt(at + TAG + Integer.BYTES) == sum;
    if (holds) {
      pending.forEach(changes::add);
      pending.clear();
    }
    return holds;
  }
}
