package org.diskferry.media.fs.hfsplus;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;

/// Reads the log of a journal from its oldest transaction to its newest and tells what replaying
/// them would change. At a transaction that is damaged it stops: those before it count.
final class Recovery {
  /// Changes beyond these are not kept, some 100 MB of heap; Apple's largest journal is 512 MiB.
  private static final int MOST_PIECES = 1 << 20;

  private final BlockSource source;
  private final Blocks blocks;
  private final long base;
  private final JournalHeader header;
  private final Replay replay = new Replay();
  private final List<String> remarks = new ArrayList<>();
  private Replay pending = new Replay();
  private long passed;

  /// @param base first byte of the journal in the partition
  Recovery(Blocks blocks, long base, JournalHeader header) {
    this.source = blocks.source();
    this.blocks = blocks;
    this.base = base;
    this.header = header;
  }

  /// What was found.
  ///
  /// @param remarks what could not be replayed, and why
  record Found(Replay replay, List<String> remarks) {}

  Found run() throws MediaException {
    long at = header.wrapped(header.start());
    long end = header.wrapped(header.end());
    long waiting = end > at ? end - at : end - at + header.size() - header.unit();
    boolean goesOn = false;
    int sequence = 0;
    try {
      while (passed < waiting) {
        BlockList list = list(at);
        if (list.isFirst(goesOn)) {
          commit();
        }
        at = apply(list, at);
        goesOn = list.saysMoreFollow();
        sequence = list.sequence();
      }
      commit();
      beyond(at, sequence);
    } catch (MediaException e) {
      remarks.add(e.localReason() + "; it and what follows it are not replayed");
    }
    return new Found(replay, remarks);
  }

  // The header is written after the transactions: those that prove to go on count as well.
  private void beyond(long start, int last) throws MediaException {
    long at = start;
    int sequence = last;
    while (passed < header.size() - header.unit()) {
      Optional<BlockList> list = provenList(at, sequence, sequence != last);
      if (list.isEmpty()) {
        break;
      }
      if (list.get().isFirst(true)) {
        commit();
      }
      try {
        at = apply(list.get(), at);
      } catch (MediaException e) {
        // Not a transaction that was finished.
        e.localReason();
        pending = new Replay();
        break;
      }
      sequence = list.get().sequence();
    }
    commit();
  }

  // The list at `at` of the transaction behind `sequence`, or of that one where it `goesOn`.
  private Optional<BlockList> provenList(long at, int sequence, boolean goesOn)
      throws MediaException {
    try {
      BlockList list = list(at);
      boolean isMore =
          goesOn && list.hasChecksums() && list.tag() == sequence && !list.isFirst(true);
      return list.follows(sequence) || isMore ? Optional.of(list) : Optional.empty();
    } catch (MediaException e) {
      // What lies behind the newest transaction may be anything.
      e.localReason();
      return Optional.empty();
    }
  }

  private BlockList list(long at) throws MediaException {
    return BlockList.read(read(at, header.listSize()), what(at));
  }

  private static String what(long at) {
    return "the journal's transaction at byte " + at;
  }

  private void commit() throws MediaException {
    replay.putAll(pending);
    pending = new Replay();
    if (replay.size() > MOST_PIECES) {
      throw MediaException.exceeded("the journal makes more than " + MOST_PIECES + " changes");
    }
  }

  // Where the next list is.
  private long apply(BlockList list, long at) throws MediaException {
    long data = header.wrapped(at + header.listSize());
    for (BlockList.Change change : list.changes()) {
      blocks.budget().chargeStep();
      if (change.bytes() > header.size() - header.unit()) {
        throw MediaException.damaged(what(at) + ": a block of " + change.bytes() + " bytes");
      }
      if (change.unit() >= 0) {
        replace(list, change, data, at);
      }
      data = header.wrapped(data + change.bytes());
    }
    passed += list.used();
    if (passed > header.size() - header.unit()) {
      throw MediaException.damaged("the journal's log has no end");
    }
    return header.wrapped(at + list.used());
  }

  private void replace(BlockList list, BlockList.Change change, long data, long at)
      throws MediaException {
    Space space = blocks.space();
    long unit = change.unit();
    if (unit > space.bytes() / header.unit()
        || unit * header.unit() > space.bytes() - change.bytes()) {
      throw MediaException.damaged(what(at) + ": it is to replace unit " + unit);
    }
    if (list.hasChecksums()) {
      ByteBuffer bytes = read(data, change.bytes());
      if (JournalChecksum.of(bytes, change.bytes()) != change.checksum()) {
        throw MediaException.damaged(what(at) + ": unit " + unit + " has a wrong checksum");
      }
    }
    long target = space.base() + unit * header.unit();
    if (target < base + header.size() && target + change.bytes() > base) {
      throw MediaException.damaged(what(at) + ": it is to replace the journal");
    }
    long untilEnd = Math.min(change.bytes(), header.size() - data);
    pending.put(target, untilEnd, base + data);
    if (untilEnd < change.bytes()) {
      pending.put(target + untilEnd, change.bytes() - untilEnd, base + header.unit());
    }
  }

  private ByteBuffer read(long at, int length) throws MediaException {
    blocks.budget().chargeRead(length);
    ByteBuffer bytes = ByteBuffer.allocate(length).order(header.order());
    int untilEnd = (int) Math.min(length, header.size() - at);
    source.read(base + at, bytes.limit(untilEnd));
    if (untilEnd < length) {
      source.read(base + header.unit(), bytes.limit(length));
    }
    return bytes.flip();
  }
}
