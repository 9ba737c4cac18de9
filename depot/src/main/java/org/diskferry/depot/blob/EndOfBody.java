package org.diskferry.depot.blob;

import java.io.IOException;
import java.io.InputStream;

/// The read after the last byte: it lets the body check its own checksums and signatures before
/// anything is synced.
final class EndOfBody {
  private EndOfBody() {}

  static void expect(InputStream body, long length) throws IOException {
    if (body.read() >= 0) {
      throw new IOException("the body goes on after its " + length + " bytes");
    }
  }
}
