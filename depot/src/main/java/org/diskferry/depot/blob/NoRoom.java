package org.diskferry.depot.blob;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.diskferry.depot.blob.BlobException.Trouble;

/// Tells a full disk from a broken one. Java has no type for ENOSPC and EDQUOT, only their text.
final class NoRoom {
  private static final List<String> TEXTS = List.of("no space left", "disk quota exceeded");

  private NoRoom() {}

  static boolean causes(IOException e) {
    String message = e.getMessage();
    String text = message == null ? "" : message.toLowerCase(Locale.ROOT);
    return TEXTS.stream().anyMatch(text::contains);
  }

  static BlobException whileWriting(IOException cause) {
    return new BlobException(Trouble.FULL, "no room left for the blob", cause);
  }

  static void check(Disk disk, long needed, long reserve) throws IOException {
    long free = disk.free();
    if (free - reserve < needed) {
      throw new BlobException(
          Trouble.FULL,
          "no room for %d bytes: %d are free, of which %d are kept back"
              .formatted(needed, free, reserve));
    }
  }
}
