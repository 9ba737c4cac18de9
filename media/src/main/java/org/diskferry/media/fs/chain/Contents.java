package org.diskferry.media.fs.chain;

import java.util.ArrayList;
import java.util.List;
import org.diskferry.media.Bounds;
import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.block.Extent;
import org.diskferry.media.fs.Content;
import org.diskferry.media.fs.ContentReader;
import org.diskferry.media.fs.Node;

/// From a file's clusters to its [Content]. A chain that is too short, that breaks off, or that
/// runs in a circle makes the file unreadable: it is never padded, and never read twice.
final class Contents {
  /// More pieces than these are not kept on the heap, some 10 MB, but looked up again on demand.
  static final int MOST_PIECES = 1 << 18;

  private final BlockSource volume;
  private final Chains chains;
  private final ClusterHeap heap;
  private final Bounds bounds;

  /// `volume` is the real medium, as long as it is; `bounds` are those of a read that looks up.
  Contents(BlockSource volume, Chains chains, Bounds bounds) {
    this.volume = volume;
    this.chains = chains;
    this.heap = chains.heap();
    this.bounds = bounds;
  }

  /// How a file is stored, and where it begins.
  ///
  /// @param form as [Node#form]
  /// @param firstByte as [Node#firstByte]
  record Glance(Node.Form form, long firstByte) {}

  Glance glance(Storage storage) throws MediaException {
    Pieces pieces = new Pieces(storage, 1);
    if (!trouble(storage, pieces).isEmpty()) {
      return new Glance(Node.Form.UNREADABLE, -1);
    }
    if (storage.size() == 0) {
      return new Glance(Node.Form.NONE, -1);
    }
    if (pieces.count == 1 && pieces.kept.getFirst().length() == storage.size()) {
      return new Glance(Node.Form.ONE_EXTENT, pieces.kept.getFirst().physical());
    }
    Node.Form form = pieces.count > MOST_PIECES ? Node.Form.ENCODED : Node.Form.EXTENTS;
    return new Glance(form, pieces.kept.isEmpty() ? -1 : pieces.kept.getFirst().physical());
  }

  Content content(Storage storage) throws MediaException {
    Pieces pieces = new Pieces(storage, MOST_PIECES);
    String trouble = trouble(storage, pieces);
    if (!trouble.isEmpty()) {
      return new Content.Unreadable(trouble);
    }
    if (pieces.count <= MOST_PIECES) {
      return new Content.Extents(storage.size(), pieces.kept);
    }
    return new ChainedContent(volume, chains, storage, bounds);
  }

  /// For what the file system itself keeps in clusters.
  ContentReader reader(Storage storage) throws MediaException {
    Content content = content(storage);
    if (content instanceof Content.Unreadable unreadable) {
      throw MediaException.damaged(unreadable.reason());
    }
    return new ContentReader(volume, content);
  }

  /// Bytes that the medium really has.
  long mediumSize() {
    return volume.size();
  }

  Budget budget() {
    return chains.budget();
  }

  // Why it cannot be read; empty where it can.
  private String trouble(Storage storage, Pieces pieces) throws MediaException {
    if (storage.size() == 0) {
      return "";
    }
    long needed = heap.clustersFor(storage.size());
    if (storage.size() < 0 || needed > heap.count()) {
      return "it claims %s bytes, more than the volume has"
          .formatted(Long.toUnsignedString(storage.size()));
    }
    if (storage.written() < 0 || storage.written() > storage.size()) {
      return "it claims that %s of %d bytes were written"
          .formatted(Long.toUnsignedString(storage.written()), storage.size());
    }
    Chains.Ending ending = chains.walk(storage, pieces);
    if (ending.end() == Chains.End.CIRCLE) {
      return ending.reason();
    }
    if (pieces.clusters < needed) {
      return "%d bytes long, but there are clusters for %d only: %s"
          .formatted(storage.size(), pieces.clusters * heap.clusterSize(), ending.reason());
    }
    return pieces.end > volume.size()
        ? "byte %d of the volume: past the end of the device or image, %d bytes"
            .formatted(pieces.end - 1, volume.size())
        : "";
  }

  /// Collects runs as pieces of the file, clipped to what was written of it.
  private final class Pieces implements Chains.Runs {
    private final Storage storage;
    private final int most;
    private final List<Extent> kept = new ArrayList<>();
    private long clusters;
    private long count;
    private long end;

    Pieces(Storage storage, int most) {
      this.storage = storage;
      this.most = most;
    }

    @Override
    public boolean run(long first, long length) {
      long logical = clusters * heap.clusterSize();
      clusters += length;
      if (logical < storage.written()) {
        long bytes = Math.min(length * heap.clusterSize(), storage.written() - logical);
        Extent extent = new Extent(logical, heap.position(first), bytes);
        count++;
        end = Math.max(end, extent.physicalEnd());
        if (kept.size() < most) {
          kept.add(extent);
        }
      }
      // On to the end: only a chain that has one is known not to run in a circle.
      return true;
    }
  }
}
