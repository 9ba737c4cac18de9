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

  /// Reads all blobs that existed when it began, for as long as the watch wants to go on.
  Report run(Watch watch) throws IOException {
    Ledger.Total total = ledger.total();
    watch.begins(total.blobs(), total.bytes());
    Report report = new Report(0, 0, 0);
    long after = 0;
    List<Ledger.Blob> page = ledger.blobsAfter(after, PAGE);
    while (!page.isEmpty()) {
      for (Ledger.Blob blob : page) {
        if (!watch.goesOn()) {
          return report;
        }
        report = report.plus(check(blob, watch), blob.location().length());
        watch.reads(report);
      }
      after = page.getLast().id();
      page = ledger.blobsAfter(after, PAGE);
    }
    return report;
  }

  private void read(Location location, ChunkSums sums, Watch watch) throws IOException {
    int longest = (int) Math.min(ChunkSums.CHUNK, location.length());
    Path path = directory.path(location.file(), location.packed());
    try (BlobReader reader = new BlobReader(location, sums, Window.ofMedium(path, longest))) {
      for (long at = 0; at < location.length() && watch.goesOn(); ) {
        at += reader.next(at, location.length() - at).remaining();
      }
    }
  }

  private boolean check(Ledger.Blob blob, Watch watch) {
    try {
      read(blob.location(), blob.sums(), watch);
      return true;
    } catch (IOException e) {
      List<String> owners = ledger.owners(blob.id());
      if (owners.isEmpty()) {
        return true;
      }
      watch.finds(new Damage(blob.location(), String.valueOf(e.getMessage()), owners));
      return false;
    }
  }

  /// Who is told how a scrub goes, by the thread that does it.
  public interface Watch {
    /// So much there is to read as it begins; what is stored meanwhile comes on top.
    void begins(long blobs, long bytes);

    /// So much has been read.
    void reads(Report soFar);

    /// A blob is not what was stored.
    void finds(Damage damage);

    /// Whether to go on; asked every few milliseconds.
    boolean goesOn();

    /// One that is only interested in damage.
    static Watch telling(Consumer<Damage> told) {
      return new Watch() {
        @Override
        public void begins(long blobs, long bytes) {}

        @Override
        public void reads(Report soFar) {}

        @Override
        public void finds(Damage damage) {
          told.accept(damage);
        }

        @Override
        public boolean goesOn() {
          return true;
        }
      };
    }
  }

  /// A blob that is not what was stored.
  ///
  /// @param location where it lies
  /// @param what which bytes, or why they could not be read
  /// @param owners the objects and uploads that are hurt, as bucket/key
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
