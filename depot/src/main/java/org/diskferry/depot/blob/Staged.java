package org.diskferry.depot.blob;

/// A blob that is on the medium and not yet in the ledger. Whoever staged it writes it there and
/// calls [#keep]; closing without that gives the room back.
public final class Staged implements AutoCloseable {
  private final Location location;
  private final ChunkSums sums;
  private final Runnable onKept;
  private final Runnable onDropped;
  private boolean settled;

  Staged(Location location, ChunkSums sums, Runnable onKept, Runnable onDropped) {
    this.location = location;
    this.sums = sums;
    this.onKept = onKept;
    this.onDropped = onDropped;
  }

  /// Where it lies.
  public Location location() {
    return location;
  }

  /// To be kept with the location.
  public ChunkSums sums() {
    return sums;
  }

  /// The ledger has it.
  public void keep() {
    settle(onKept);
  }

  /// Nobody knows whether the ledger has it: its answer was lost. The next start finds out.
  public void leave() {
    settled = true;
  }

  @Override
  public void close() {
    settle(onDropped);
  }

  private void settle(Runnable how) {
    if (!settled) {
      settled = true;
      how.run();
    }
  }
}
