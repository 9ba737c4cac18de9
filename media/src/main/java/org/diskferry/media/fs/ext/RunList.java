package org.diskferry.media.fs.ext;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.Extent;

/// Collects the runs of a file as bytes of the volume: clipped to its size, joined where they
/// follow one another, led into the journal where that has newer blocks.
final class RunList implements MapVisitor {
  /// More runs than these are not kept on the heap, some 10 MB, but looked up again on demand.
  static final int MOST = 1 << 18;

  private final Geometry geometry;
  private final Blocks blocks;
  private final Replay replay;
  private final long size;
  private final int most;
  private final List<Extent> extents = new ArrayList<>();
  private boolean isComplete = true;

  RunList(Geometry geometry, Blocks blocks, Replay replay, long size, int most) {
    this.geometry = geometry;
    this.blocks = blocks;
    this.replay = replay;
    this.size = size;
    this.most = most;
  }

  List<Extent> extents() {
    return extents;
  }

  boolean isEmpty() {
    return extents.isEmpty();
  }

  /// Where the first byte lies; -1 where there is none.
  long firstByte() {
    return extents.isEmpty() ? -1 : extents.getFirst().physical();
  }

  /// Whether the first run is all of the file.
  boolean isAll() {
    return extents.size() == 1 && extents.getFirst().length() == size;
  }

  /// Whether the runs say all that there is to say.
  boolean isComplete() {
    return isComplete;
  }

  @Override
  public boolean run(Run run) throws MediaException {
    long needed = Math.ceilDiv(size, (long) geometry.blockSize());
    if (run.logical() >= needed) {
      return false;
    }
    if (!run.isWritten()) {
      return true;
    }
    long count = Math.min(run.count(), needed - run.logical());
    if (!blocks.isOnMedium(run.physical(), count)) {
      throw new MediaException(
          Trouble.UNREADABLE,
          "blocks from %d to %d of the file lie behind the end of the medium"
              .formatted(run.physical(), run.physical() + count - 1));
    }
    addReplayed(run.logical(), run.physical(), count);
    return isComplete;
  }

  private void addReplayed(long logical, long physical, long count) throws MediaException {
    long done = 0;
    while (done < count && isComplete) {
      Map.Entry<Long, Newer> next = replay.firstIn(physical + done, physical + count);
      long asItIs = (next == null ? physical + count : next.getKey()) - physical - done;
      add(logical + done, physical + done, asItIs);
      done += asItIs;
      if (next != null) {
        switch (next.getValue()) {
          case Newer.Plain(long block) -> add(logical + done, block, 1);
          case Newer.Escaped _ -> isComplete = false;
          case Newer.Lost(String reason) -> throw new MediaException(Trouble.UNREADABLE, reason);
        }
        done++;
      }
    }
  }

  private void add(long logicalBlock, long physicalBlock, long count) {
    if (count == 0) {
      return;
    }
    long logical = logicalBlock * geometry.blockSize();
    long physical = physicalBlock * geometry.blockSize();
    long length = Math.min(count * geometry.blockSize(), size - logical);
    if (!extents.isEmpty()
        && extents.getLast().logicalEnd() == logical
        && extents.getLast().physicalEnd() == physical) {
      Extent last = extents.removeLast();
      extents.add(new Extent(last.logical(), last.physical(), last.length() + length));
    } else if (extents.size() == most) {
      isComplete = false;
    } else {
      extents.add(new Extent(logical, physical, length));
    }
  }
}
