package org.diskferry.media.fs.chain;

import java.nio.ByteBuffer;
import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;

/// Reads of a range what can be read: what fails is halved until single sectors are left.
final class Salvage {
  /// The smallest sector that a medium has; the file system's own may be larger.
  static final int SECTOR = 512;

  /// Told of what cannot be read.
  @FunctionalInterface
  interface Loss {
    /// Bytes `[from, to)` of the target are undefined.
    void lost(int from, int to, String reason) throws MediaException;
  }

  private final BlockSource source;
  private final Budget budget;

  Salvage(BlockSource source, Budget budget) {
    this.source = source;
    this.budget = budget;
  }

  /// Fills bytes `[from, to)` of `target` from byte `at` of the source on, as far as it goes.
  void read(long at, ByteBuffer target, int from, int to, Loss loss) throws MediaException {
    String reason;
    try {
      budget.chargeRead(to - from);
      source.read(at, target.slice(from, to - from));
      return;
    } catch (MediaException e) {
      reason = e.localReason();
    }
    if (to - from <= SECTOR) {
      loss.lost(from, to, reason);
      return;
    }
    int half = Math.max(1, (to - from) / SECTOR / 2) * SECTOR;
    read(at, target, from, from + half, loss);
    read(at + half, target, from + half, to, loss);
  }
}
