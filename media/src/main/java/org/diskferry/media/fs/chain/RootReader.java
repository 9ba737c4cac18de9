package org.diskferry.media.fs.chain;

import org.diskferry.media.Bounds;
import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;

/// Reads the directory at the top alone: what a volume says of itself is there.
public final class RootReader {
  private final Layout layout;
  private final BlockSource claimed;
  private final Bounds bounds;

  /// @param claimed the volume, as long as it claims to be
  public RootReader(Layout layout, BlockSource claimed, Bounds bounds) {
    this.layout = layout;
    this.claimed = claimed;
    this.bounds = bounds;
  }

  /// Delivers its records.
  public void read(RecordSink sink) throws MediaException {
    Budget budget = new Budget(bounds);
    AllocationTable table = new AllocationTable(claimed, layout.table(), budget);
    DirectoryReader reader = new DirectoryReader(claimed, new Chains(table, layout.heap(), budget));
    switch (layout.root()) {
      case Layout.Root.Fixed(long start, int length) -> reader.readFixed(start, length, sink);
      case Layout.Root.Chained(Storage storage) -> reader.read(storage, sink);
    }
  }
}
