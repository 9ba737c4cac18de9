package org.diskferry.media.fs.hfsplus;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.diskferry.media.MediaException;

/// Expands one block of a compressed file.
final class Zlib {
  /// A block that did not shrink is stored behind a byte whose low half is this; no zlib stream
  /// begins so.
  private static final int STORED = 0x0F;

  private Zlib() {}

  /// Fills `plain` from `stored`.
  static void expand(byte[] stored, byte[] plain, String what) throws MediaException {
    if (stored.length > 0 && (stored[0] & STORED) == STORED) {
      if (stored.length - 1 < plain.length) {
        throw MediaException.damaged(
            "%s: %d bytes stored, and not %d".formatted(what, stored.length - 1, plain.length));
      }
      System.arraycopy(stored, 1, plain, 0, plain.length);
    } else {
      inflate(stored, plain, what);
    }
  }

  private static void inflate(byte[] stored, byte[] plain, String what) throws MediaException {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(stored);
      int done = 0;
      while (done < plain.length) {
        int count = inflater.inflate(plain, done, plain.length - done);
        if (count == 0) {
          throw MediaException.damaged(
              "%s: compressed data ends at byte %d and not at %d"
                  .formatted(what, done, plain.length));
        }
        done += count;
      }
    } catch (DataFormatException e) {
      throw MediaException.damaged(what + ": compressed data is damaged: " + e.getMessage());
    } finally {
      inflater.end();
    }
  }
}
