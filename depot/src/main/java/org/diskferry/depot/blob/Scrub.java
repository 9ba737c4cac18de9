package org.diskferry.depot.blob;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// Re-reads blobs and compares them with their sums, past the kernel's cache where the file system
/// can do that.
public final class Scrub {
  private static final int PAGE = 500;

  private final Directory directory;
  private final Ledger ledger;

  Scrub(Directory directory, Ledger ledger) {
    this.directory = directory;
    this.ledger = ledger;
  }

  /// Reads all blobs that existed when it began; stops when its thread is interrupted.
  Report run(Consumer<Damage> damage) throws IOException {
    Report report = new Report(0, 0, 0);
    long after = 0;
    List<Ledger.Blob> page = ledger.blobsAfter(after, PAGE);
    while (!page.isEmpty() && !Thread.currentThread().isInterrupted()) {
      for (Ledger.Blob blob : page) {
        report = report.plus(check(blob, damage), blob.location().length());
      }
      after = page.getLast().id();
      page = ledger.blobsAfter(after, PAGE);
    }
    return report;
  }

  private void read(Location location, ChunkSums sums) throws IOException {
    int longest = (int) Math.min(ChunkSums.CHUNK, location.length());
    Path path = directory.path(location.file(), location.packed());
    try (BlobReader reader = new BlobReader(location, sums, Window.ofMedium(path, longest))) {
      for (long at = 0; at < location.length(); ) {
        at += reader.next(at, location.length() - at).remaining();
      }
    }
  }

  private boolean check(Ledger.Blob blob, Consumer<Damage> damage) {
    try {
      read(blob.location(), blob.sums());
      return true;
    } catch (IOException e) {
      List<String> owners = ledger.owners(blob.id());
      if (owners.isEmpty()) {
        return true;
      }
      damage.accept(new Damage(blob.location(), String.valueOf(e.getMessage()), owners));
      return false;
    }
  }

  /// A blob that is not what was stored.
  ///
  /// @param location where it lies
  /// @param what which bytes, or why they could not be read
  /// @param owners the objects and uploads that are hurt
  public record Damage(Location location, String what, List<String> owners) {
    /// Copies the list.
    public Damage {
      owners = List.copyOf(owners);
    }
  }

  /// What a scrub found.
  ///
  /// @param blobs read
  /// @param bytes read
  /// @param damaged of the blobs
  public record Report(long blobs, long bytes, long damaged) {
    private Report plus(boolean sound, long length) {
      return new Report(blobs + 1, bytes + length, damaged + (sound ? 0 : 1));
    }
  }
}
