package org.diskferry.media.fs.ext;

import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.diskferry.media.MediaException;

/// The runs of a file with ranges that were added and deleted since they were stored.
final class ChangedMap implements MapVisitor {
  /// Some 100 MB of heap; fast commits are of files that were being written.
  private static final int MOST = 1 << 20;

  private static final long LOGICAL_END = 1L << 32;

  private final NavigableMap<Long, Run> runs = new TreeMap<>();
  private final Geometry geometry;
  private final Inode inode;
  private final MapVisitor visitor;

  /// @param visitor is told of the blocks of the map as it is stored
  ChangedMap(Geometry geometry, Inode inode, MapVisitor visitor) {
    this.geometry = geometry;
    this.inode = inode;
    this.visitor = visitor;
  }

  @Override
  public boolean run(Run run) throws MediaException {
    put(run);
    return true;
  }

  @Override
  public void mapBlock(long block) throws MediaException {
    visitor.mapBlock(block);
  }

  /// Applies `change`, where it is one of a range.
  void apply(FastCommit change) throws MediaException {
    switch (change) {
      case FastCommit.RangeAdded(long _, Run run) -> {
        if (run.count() == 0
            || run.logicalEnd() > LOGICAL_END
            || !geometry.holds(run.physical(), run.count())) {
          throw MediaException.damaged(
              "%s: a fast commit puts its blocks %d+%d at block %d"
                  .formatted(inode, run.logical(), run.count(), run.physical()));
        }
        cut(run.logical(), run.logicalEnd());
        put(run);
      }
      case FastCommit.RangeDeleted(long _, long logical, long count) ->
          cut(logical, logical + count);
      case FastCommit.Named _, FastCommit.Written _ -> {}
    }
  }

  private void put(Run run) throws MediaException {
    runs.put(run.logical(), run);
    if (runs.size() > MOST) {
      throw MediaException.unsupported(inode + ": it is in more than " + MOST + " pieces");
    }
  }

  // Leaves a hole from `from` up to `to`.
  private void cut(long from, long to) {
    Map.Entry<Long, Run> before = runs.lowerEntry(from);
    if (before != null && before.getValue().logicalEnd() > from) {
      Run run = before.getValue();
      runs.put(run.logical(), part(run, run.logical(), from));
      keepBehind(run, to);
    }
    Map.Entry<Long, Run> next = runs.ceilingEntry(from);
    while (next != null && next.getKey() < to) {
      runs.remove(next.getKey());
      keepBehind(next.getValue(), to);
      next = runs.ceilingEntry(next.getKey() + 1);
    }
  }

  private void keepBehind(Run run, long to) {
    if (run.logicalEnd() > to) {
      runs.put(to, part(run, to, run.logicalEnd()));
    }
  }

  private static Run part(Run run, long from, long to) {
    return new Run(from, run.physical() + (from - run.logical()), to - from, run.isWritten());
  }

  /// In the order of the file.
  Collection<Run> runs() {
    return runs.values();
  }
}
