package org.diskferry.depot.blob;

import org.jspecify.annotations.Nullable;

/// Bytes that are on the medium and not yet in the ledger; no bytes at all need no blob. Whoever
/// staged it writes it there and calls [#keep]; closing without that gives the room back.
public final class Staged implements AutoCloseable {
  private final @Nullable Location location;
  private final ChunkSums sums;
  private final Runnable onKept;
  private final Runnable onDropped;
  private boolean settled;

  private Staged(@Nullable Location location, ChunkSums sums, Runnable onKept, Runnable onDropped) {
    this.location = location;
    this.sums = sums;
    this.onKept = onKept;
    this.onDropped = onDropped;
  }

  static Staged blob(Location location, ChunkSums sums, Runnable onKept, Runnable onDropped) {
    return new Staged(location, sums, onKept, onDropped);
  }

  static Staged nothing() {
    return new Staged(null, ChunkSums.of(new byte[0]), () -> {}, () -> {});
  }

  /// Whether there are no bytes, and so no blob.
  public boolean isEmpty() {
    return location == null;
  }

  /// Where the blob lies.
  ///
  /// @throws IllegalStateException if there is none
  public Location location() {
    if (location == null) {
      throw new IllegalStateException("no bytes were staged");
    }
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
