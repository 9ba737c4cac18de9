package org.diskferry.media.fs.chain;

import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;

/// Follows chains of clusters. Every walk ends: a chain that runs in a circle is found out by
/// Brent's algorithm, in a few times the circle's length and without memory.
final class Chains {
  /// Receives clusters that follow one another.
  @FunctionalInterface
  interface Runs {
    /// The next `count` clusters, from `first` on.
    ///
    /// @return whether to go on
    boolean run(long first, long count) throws MediaException;
  }

  /// How a walk ended.
  enum End {
    /// At the end of the chain.
    REACHED,
    /// Where the receiver wanted no more.
    STOPPED,
    /// At something that is no cluster, or that cannot be read.
    BROKEN,
    /// Never: the chain leads back into itself.
    CIRCLE
  }

  /// How a walk ended, and why, for people.
  record Ending(End end, String reason) {
    private static final Ending REACHED = new Ending(End.REACHED, "its chain ends");
    private static final Ending STOPPED = new Ending(End.STOPPED, "");

    private static Ending broken(String reason) {
      return new Ending(End.BROKEN, reason);
    }
  }

  /// How often all clusters of a volume may be walked in one operation: a sound one needs each once
  /// a pass, and the largest volume of all has eight passes. A chain that very many files lead into
  /// would otherwise be walked for each of them.
  private static final int MOST_ROUNDS = 64;

  private static final long LEAST_STEPS = 1 << 20;

  private final AllocationTable table;
  private final ClusterHeap heap;
  private final Budget budget;
  private long steps;

  Chains(AllocationTable table, ClusterHeap heap, Budget budget) {
    this.table = table;
    this.heap = heap;
    this.budget = budget;
  }

  ClusterHeap heap() {
    return heap;
  }

  Budget budget() {
    return budget;
  }

  AllocationTable table() {
    return table;
  }

  /// Walks all of `storage`: its contiguous clusters, or its chain from the first to the end.
  Ending walk(Storage storage, Runs runs) throws MediaException {
    return storage.contiguous() ? contiguous(storage, runs) : chain(storage.first(), runs);
  }

  private Ending contiguous(Storage storage, Runs runs) throws MediaException {
    long count = heap.clustersFor(Math.max(0, storage.size()));
    if (storage.size() < 0 || !heap.holds(storage.first(), count)) {
      return Ending.broken(
          "%d clusters from %d on: the volume ends at %d"
              .formatted(count, storage.first(), heap.end()));
    }
    return count == 0 || runs.run(storage.first(), count) ? Ending.REACHED : Ending.STOPPED;
  }

  private Ending chain(long first, Runs runs) throws MediaException {
    if (!heap.holds(first)) {
      return Ending.broken("it begins at cluster %d, which does not exist".formatted(first));
    }
    long runStart = first;
    long at = first;
    long tortoise = first;
    long passed = 0;
    long rest = 1;
    while (true) {
      chargeStep();
      long next;
      try {
        next = table.next(at);
      } catch (MediaException e) {
        String reason = e.localReason();
        return runs.run(runStart, at - runStart + 1) ? Ending.broken(reason) : Ending.STOPPED;
      }
      if (next != at + 1 || !heap.holds(next)) {
        if (!runs.run(runStart, at - runStart + 1)) {
          return Ending.STOPPED;
        }
        if (next == AllocationTable.END) {
          return Ending.REACHED;
        }
        if (!heap.holds(next)) {
          return Ending.broken("cluster %d leads to %s".formatted(at, name(next)));
        }
        runStart = next;
      }
      if (next == tortoise) {
        return new Ending(End.CIRCLE, "its chain runs in a circle at cluster " + next);
      }
      if (++passed == rest) {
        tortoise = next;
        rest *= 2;
        passed = 0;
      }
      at = next;
    }
  }

  private void chargeStep() throws MediaException {
    budget.chargeStep();
    if (++steps > LEAST_STEPS + MOST_ROUNDS * heap.count()) {
      throw MediaException.exceeded(
          "more than %d rounds through all clusters: chains of very many files are cross-linked"
              .formatted(MOST_ROUNDS));
    }
  }

  private static String name(long next) {
    if (next == AllocationTable.FREE) {
      return "a free cluster";
    }
    return next == AllocationTable.BAD
        ? "a cluster that is marked bad"
        : "cluster %d, which does not exist".formatted(next);
  }
}
