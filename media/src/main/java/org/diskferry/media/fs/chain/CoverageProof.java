package org.diskferry.media.fs.chain;

import java.util.ArrayList;
import java.util.List;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.ClaimWindow;
import org.diskferry.media.fs.Coverage;
import org.diskferry.media.fs.Ranges;

/// Compares the volume's map of used clusters with what its directories claim. A volume with more
/// clusters than a window is walked once a window.
final class CoverageProof {
  /// 64 MiB of bits. FAT has never more clusters than half of this.
  private static final long WINDOW = 1L << 29;

  /// Makes a walk, which can be used once.
  @FunctionalInterface
  interface Walks {
    /// A walk from the root on.
    TreeWalk fresh();
  }

  private final Layout layout;
  private final Chains chains;
  private final AllocationMap map;
  private final Walks walks;
  private final long windowSize;
  private final Ranges unexplained = new Ranges();
  private final Ranges contested = new Ranges();
  private long allocated;
  private long explained;
  private long bad;
  private long hidden;
  private long unknown;

  CoverageProof(Layout layout, Chains chains, AllocationMap map, Walks walks) {
    this(layout, chains, map, walks, WINDOW);
  }

  CoverageProof(Layout layout, Chains chains, AllocationMap map, Walks walks, long windowSize) {
    this.layout = layout;
    this.chains = chains;
    this.map = map;
    this.walks = walks;
    this.windowSize = windowSize;
  }

  Coverage prove() throws MediaException {
    ClusterHeap heap = layout.heap();
    long known = known();
    for (long start = 0; start < known; start += windowSize) {
      ClaimWindow window = new ClaimWindow(start, Math.min(windowSize, known - start), contested);
      Claims claims = new Claims(window);
      if (layout.root() instanceof Layout.Root.Chained(Storage root)) {
        claims.claim(root);
      }
      walks.fresh().walk(claims);
      for (long index = window.firstWord(); index < window.endWord(); index++) {
        compare(index * Long.SIZE, map.word(index), window.word(index));
      }
    }
    if (known < heap.count()) {
      unknown = heap.count() - known;
      allocated += unknown;
      unexplained.add(known, unknown);
    }
    return new Coverage(
        heap.clusterSize(),
        allocated,
        explained,
        byNumber(unexplained),
        byNumber(contested),
        exceptions());
  }

  // In whole words. What is behind is not looked at one by one: a small image can claim billions.
  private long known() {
    long count = layout.heap().count();
    return map.known() < count ? map.known() / Long.SIZE * Long.SIZE : count;
  }

  private void compare(long first, long used, long claimed) throws MediaException {
    long open = used & ~claimed;
    long marked = open == 0 ? 0 : marked(first, open);
    allocated += Long.bitCount(used);
    explained += Long.bitCount((used & claimed) | marked);
    bad += Long.bitCount(marked);
    unexplained.addBits(first, open & ~marked);
    contested.addBits(first, claimed & ~used);
    chains.budget().chargeStep();
  }

  // Which of the clusters that nobody claims are marked as bad.
  private long marked(long first, long open) throws MediaException {
    long marked = 0;
    for (long left = open; left != 0; left &= left - 1) {
      int bit = Long.numberOfTrailingZeros(left);
      if (isBad(ClusterHeap.FIRST + first + bit)) {
        marked |= 1L << bit;
      }
    }
    return marked;
  }

  // Where its entry is lost the map says so, or has its own trouble; either way it stays
  // unexplained.
  private boolean isBad(long cluster) throws MediaException {
    AllocationTable table = chains.table();
    return !table.isLost(cluster) && table.next(cluster) == AllocationTable.BAD;
  }

  private static List<Coverage.Range> byNumber(Ranges ranges) {
    return ranges.all().stream()
        .map(range -> new Coverage.Range(ClusterHeap.FIRST + range.first(), range.count()))
        .toList();
  }

  private List<String> exceptions() {
    List<String> exceptions = new ArrayList<>(map.remarks());
    if (unknown > 0) {
      exceptions.add(
          "%d clusters from %d on count as used: the medium ends before the map comes to them"
              .formatted(unknown, layout.heap().end() - unknown));
    }
    if (bad > 0) {
      exceptions.add(bad + " clusters that the volume lists as bad");
    }
    if (hidden > 0) {
      exceptions.add(hidden + " clusters of the file system's own, or of extensions to it");
    }
    return exceptions;
  }

  /// What a walk claims, within one window.
  private final class Claims implements TreeWalk.Visitor {
    private final ClaimWindow window;

    Claims(ClaimWindow window) {
      this.window = window;
    }

    // Where a chain breaks off, what it has reached is its own all the same.
    long claim(Storage storage) throws MediaException {
      if (storage.isEmpty()) {
        return 0;
      }
      long[] inside = {0};
      chains.walk(
          storage,
          (first, count) -> {
            inside[0] += window.claim(first - ClusterHeap.FIRST, count);
            return true;
          });
      return inside[0];
    }

    @Override
    public void item(Directory parent, Item item) throws MediaException {
      chains.budget().chargeEntry();
      claim(item.storage());
    }

    @Override
    public void hidden(Storage storage) throws MediaException {
      hidden += claim(storage);
    }

    @Override
    public void damage(long id, String reason) {}
  }
}
