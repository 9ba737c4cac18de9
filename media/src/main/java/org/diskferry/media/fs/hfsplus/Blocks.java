package org.diskferry.media.fs.hfsplus;

import java.util.ArrayList;
import java.util.List;
import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.block.Extent;
import org.diskferry.media.fs.ClaimedSource;
import org.diskferry.media.fs.Content;
import org.diskferry.media.fs.ContentReader;

/// The volume's blocks, and the way from a fork to them.
final class Blocks {
  /// Pieces of one file beyond which it is not believed, some 50 MB of heap: HFS+ gathers files of
  /// more than eight pieces whenever one is opened.
  static final int MOST_RUNS = 1 << 20;

  private final BlockSource source;
  private final Space space;
  private final Budget budget;

  /// @param source the partition, its journal replayed
  Blocks(BlockSource source, Space space, Budget budget) {
    this.source = source;
    this.space = space;
    this.budget = budget;
  }

  /// The same blocks on another account.
  Blocks spending(Budget other) {
    return new Blocks(source, space, other);
  }

  Space space() {
    return space;
  }

  Budget budget() {
    return budget;
  }

  BlockSource source() {
    return source;
  }

  /// Receives the runs of a fork, in order.
  @FunctionalInterface
  interface RunVisitor {
    void run(BlockRun run) throws MediaException;
  }

  /// All runs of `fork`, what is reserved behind its end included.
  ///
  /// @throws MediaException where they leave the volume, or are fewer than the fork says
  void walk(Fork fork, Overflow overflow, RunVisitor visitor) throws MediaException {
    long mapped = 0;
    int count = 0;
    List<BlockRun> runs = fork.first();
    while (!runs.isEmpty()) {
      for (BlockRun run : runs) {
        budget.chargeStep();
        if (!space.holds(run)) {
          throw MediaException.damaged(
              "blocks %d to %d: the volume has %d"
                  .formatted(run.start(), run.end() - 1, space.blocks()));
        }
        if (++count > MOST_RUNS) {
          throw MediaException.unsupported("in more than " + MOST_RUNS + " pieces");
        }
        visitor.run(run);
        mapped += run.count();
      }
      runs = mapped < fork.blocks() ? overflow.next(mapped) : List.of();
    }
    if (mapped < fork.blocks()) {
      throw MediaException.damaged(
          "%d blocks long, but only %d of them are to be found".formatted(fork.blocks(), mapped));
    }
  }

  /// The bytes of `fork`, as runs.
  ///
  /// @throws MediaException where they are not all there
  Content.Extents extents(Fork fork, Overflow overflow) throws MediaException {
    List<Extent> extents = new ArrayList<>();
    long size = fork.size();
    if (size < 0 || size > fork.blocks() * space.blockSize()) {
      throw MediaException.damaged(
          "%s bytes long, but there are blocks for %d only"
              .formatted(Long.toUnsignedString(size), fork.blocks() * space.blockSize()));
    }
    walk(fork, overflow, run -> append(extents, run, size));
    return new Content.Extents(size, extents);
  }

  private void append(List<Extent> extents, BlockRun run, long size) {
    long logical = extents.isEmpty() ? 0 : extents.getLast().logicalEnd();
    long physical = space.place(run.start());
    long length = Math.min(run.count() * space.blockSize(), size - logical);
    if (length <= 0) {
      return;
    }
    if (!extents.isEmpty() && extents.getLast().physicalEnd() == physical) {
      Extent last = extents.removeLast();
      extents.add(new Extent(last.logical(), last.physical(), last.length() + length));
    } else {
      extents.add(new Extent(logical, physical, length));
    }
  }

  /// A reader for what the file system itself keeps: as much of it as can be found. A piece behind
  /// the end of the medium is unreadable, the rest is not.
  ContentReader special(Fork fork, Overflow overflow) throws MediaException {
    List<Extent> extents = new ArrayList<>();
    long most = Math.min(fork.size() < 0 ? Long.MAX_VALUE : fork.size(), space.bytes());
    try {
      walk(fork, overflow, run -> append(extents, run, most));
    } catch (MediaException e) {
      // Whoever needs what is missing will say so.
      e.localReason();
    }
    long size = extents.isEmpty() ? 0 : extents.getLast().logicalEnd();
    return new ContentReader(
        new ClaimedSource(source, space.base() + space.bytes()),
        new Content.Extents(size, extents));
  }
}
