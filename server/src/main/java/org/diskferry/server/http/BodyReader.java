package org.diskferry.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/// Reads bodies within bounds of size, time and memory: a stranger can send any, and as slowly as
/// they like.
final class BodyReader {
  /// Manifests are a few kilobytes; what is larger takes turns.
  private static final int LARGE = 64 * 1024;

  /// Large bodies that are read at once: 32 MiB.
  private static final int LARGE_AT_ONCE = 32;

  /// A megabyte in a minute is slower than any line that somebody works on.
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private static final int CHUNK = 8 * 1024;

  private final int maxBody;
  private final LongSupplier nanoTime;
  private final Semaphore large = new Semaphore(LARGE_AT_ONCE);

  /// @param nanoTime as [System#nanoTime]
  BodyReader(int maxBody, LongSupplier nanoTime) {
    this.maxBody = maxBody;
    this.nanoTime = nanoTime;
  }

  /// What reading came to.
  sealed interface Reading {
    /// All of it.
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record Whole(byte[] body) implements Reading {}

    /// More than may be.
    record TooLarge() implements Reading {}

    /// Not done in time.
    record TooSlow() implements Reading {}
  }

  /// Reads to the end.
  ///
  /// @param announced length, negative where it is not known
  Reading read(InputStream in, long announced) throws IOException {
    if (announced > maxBody) {
      return new Reading.TooLarge();
    }
    if (announced >= 0 && announced <= LARGE) {
      return readAll(in);
    }
    large.acquireUninterruptibly();
    try {
      return readAll(in);
    } finally {
      large.release();
    }
  }

  private Reading readAll(InputStream in) throws IOException {
    long end = nanoTime.getAsLong() + LONGEST.toNanos();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] chunk = new byte[CHUNK];
    for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
      body.write(chunk, 0, n);
      if (body.size() > maxBody) {
        return new Reading.TooLarge();
      }
      if (nanoTime.getAsLong() - end > 0) {
        return new Reading.TooSlow();
      }
    }
    return new Reading.Whole(body.toByteArray());
  }
}
