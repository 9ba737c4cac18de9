package org.diskferry.store.http;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/// Bytes to and from the other side, with or without TLS. Used by one thread at a time; closing it
/// from another ends what waits.
sealed interface Link extends Closeable permits PlainLink, TlsLink {

  /// Reads at least one byte, waiting for it; -1 at the end.
  int read(ByteBuffer target) throws IOException;

  /// Writes all that remains of `source`.
  void write(ByteBuffer source) throws IOException;

  /// Whether the other side has said something that was not read yet. Does not wait.
  boolean hasInput() throws IOException;

  /// Waits until [#hasInput()], at most this long, and answers it.
  boolean awaitInput(Duration longest) throws IOException;

  @Override
  void close();
}
