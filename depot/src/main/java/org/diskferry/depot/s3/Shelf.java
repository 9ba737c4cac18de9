package org.diskferry.depot.s3;

import java.io.IOException;
import java.io.InputStream;
import org.diskferry.depot.blob.Blobs;
import org.diskferry.depot.blob.Staged;
import org.diskferry.depot.index.Failure;
import org.diskferry.depot.index.Rejected;
import org.jdbi.v3.core.JdbiException;

/// Puts bodies on the disk and then into the index, and gives the room back where that fails.
final class Shelf {
  private final Blobs blobs;

  Shelf(Blobs blobs) {
    this.blobs = blobs;
  }

  /// Stores a body; `entry` writes it into the index.
  void store(Body body, Entry entry) throws IOException, Rejected {
    try (InputStream bytes = body.checked()) {
      store(body.length(), bytes, entry);
    }
  }

  /// Stores exactly `length` bytes.
  void store(long length, InputStream bytes, Entry entry) throws IOException, Rejected {
    try (Staged staged = blobs.stage(length, bytes)) {
      try {
        entry.write(staged);
      } catch (JdbiException e) {
        if (Failure.of(e) == Failure.LOST) {
          staged.leave();
        }
        throw e;
      }
    }
  }

  /// Writes into the index what was staged.
  interface Entry {
    void write(Staged staged) throws IOException, Rejected;
  }
}
