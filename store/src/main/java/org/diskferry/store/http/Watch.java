package org.diskferry.store.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Looks at all connections from time to time and ends those whose deadline has passed.
final class Watch implements AutoCloseable {
  /// Deadlines are seconds; a tenth of one late does not matter, and costs nothing.
  private static final Duration TICK = Duration.ofMillis(100);

  private final Set<Guard> guards = ConcurrentHashMap.newKeySet();
  private final Thread thread;

  /// A platform thread: it must run when all carriers of virtual threads are busy.
  Watch() {
    thread = Thread.ofPlatform().daemon().name("store-deadlines").start(this::run);
  }

  void add(Guard guard) {
    guards.add(guard);
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(TICK);
        long now = System.nanoTime();
        guards.removeIf(guard -> {
          guard.check(now);
          return !guard.open();
        });
      }
    } catch (InterruptedException e) {
      // The only way out, by close().
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
