package org.diskferry.media.fs.chain;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.diskferry.media.Bounds;
import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.ContentReader;

/// What a map of used clusters can be read from.
public final class MapSources {
  private final Contents contents;
  private final Chains chains;

  MapSources(Contents contents, Chains chains) {
    this.contents = contents;
    this.chains = chains;
  }

  /// What lies in the clusters of a volume that is being opened.
  ///
  /// @param claimed the volume, as long as it claims to be
  public static MapSources of(Layout layout, BlockSource claimed, Bounds bounds) {
    Budget budget = new Budget(bounds);
    AllocationTable table = new AllocationTable(claimed, layout.table(), budget);
    Chains chains = new Chains(table, layout.heap(), budget);
    return new MapSources(new Contents(layout.source(), chains, bounds), chains);
  }

  /// The map that the table itself is: what is not free is used.
  public AllocationMap table() {
    return new TableMap(chains.table(), chains.heap(), contents.mediumSize());
  }

  /// A map of one bit a cluster that lies in clusters.
  ///
  /// @throws MediaException where it cannot be read at all, or is too short
  public AllocationMap bits(Storage storage) throws MediaException {
    ContentReader reader = reader(storage);
    if (reader.size() < Math.ceilDiv(chains.heap().count(), (long) Byte.SIZE)) {
      throw MediaException.damaged(
          "the map of clusters has %d bytes for %d clusters"
              .formatted(reader.size(), chains.heap().count()));
    }
    return new BitMap(reader, chains.budget(), chains.heap().count());
  }

  /// Reads what lies in clusters.
  public ContentReader reader(Storage storage) throws MediaException {
    return contents.reader(storage);
  }

  /// All bytes of what is at most `most` long.
  public ByteBuffer bytes(Storage storage, int most) throws MediaException {
    ContentReader reader = reader(storage);
    if (reader.size() > most) {
      throw MediaException.damaged("%d bytes: too many".formatted(reader.size()));
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) reader.size());
    chains.budget().chargeRead(bytes.remaining());
    reader.read(0, bytes);
    return bytes.flip();
  }

  /// The table, one entry a cluster.
  private static final class TableMap implements AllocationMap {
    private static final int MOST_REMARKS = 10;

    private final AllocationTable table;
    private final ClusterHeap heap;
    private final long known;
    private final List<String> remarks = new ArrayList<>();

    TableMap(AllocationTable table, ClusterHeap heap, long mediumSize) {
      this.table = table;
      this.heap = heap;
      long entries = table.place().entriesWithin(mediumSize);
      this.known = Math.clamp(entries - ClusterHeap.FIRST, 0, heap.count());
    }

    @Override
    public long known() {
      return known;
    }

    @Override
    public long word(long index) throws MediaException {
      long first = ClusterHeap.FIRST + index * Long.SIZE;
      int count = (int) Math.min(Long.SIZE, heap.end() - first);
      long word = 0;
      for (int bit = 0; bit < count; bit++) {
        if (isUsed(first + bit)) {
          word |= 1L << bit;
        }
      }
      return word;
    }

    private boolean isUsed(long cluster) throws MediaException {
      if (!table.isLost(cluster)) {
        return table.next(cluster) != AllocationTable.FREE;
      }
      if (remarks.size() < MOST_REMARKS) {
        remarks.add(
            "entry %d of the allocation table: unreadable in every copy: its cluster counts as used"
                .formatted(cluster));
      }
      return true;
    }

    @Override
    public List<String> remarks() {
      return remarks;
    }
  }
}
