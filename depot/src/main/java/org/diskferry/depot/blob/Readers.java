package org.diskferry.depot.blob;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Who is reading, and since when: a file that became garbage after a reader began may still be
/// wanted by that reader.
public final class Readers {
  private final InstantSource clock;
  private final Set<Reader> active = ConcurrentHashMap.newKeySet();

  /// Readers by a clock.
  public Readers(InstantSource clock) {
    this.clock = clock;
  }

  /// Begins to read: to be called before the ledger is asked where the bytes lie.
  public Reader begin() {
    Reader reader = new Reader(clock.instant());
    active.add(reader);
    return reader;
  }

  /// No reader that is active began before this.
  Instant oldest() {
    Instant now = clock.instant();
    return active.stream().map(reader -> reader.since).min(Comparator.naturalOrder()).orElse(now);
  }

  /// One that reads until it is closed.
  public final class Reader implements AutoCloseable {
    private final Instant since;

    private Reader(Instant since) {
      this.since = since;
    }

    @Override
    public void close() {
      active.remove(this);
    }
  }
}
