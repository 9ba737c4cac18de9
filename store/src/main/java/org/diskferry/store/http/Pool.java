package org.diskferry.store.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Connections that wait for their next request. The one that waited least is taken first, so that
/// those that are too many grow old and close.
final class Pool {
  /// Stores close idle connections after 5 to 60 seconds; ours should be the first to go.
  private static final Duration KEEP = Duration.ofSeconds(20);

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Origin, Deque<Connection>> idle = new HashMap<>();
  private final int most;
  private int count;
  private boolean closed;

  /// Keeps at most so many.
  Pool(int most) {
    this.most = most;
  }

  Optional<Connection> take(Origin origin) {
    lock.lock();
    try {
      Deque<Connection> waiting = idle.getOrDefault(origin, new ArrayDeque<>());
      while (!waiting.isEmpty()) {
        Connection connection = waiting.pop();
        count--;
        if (connection.reusable()) {
          return Optional.of(connection);
        }
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /// Takes a connection back, or closes it.
  void give(Connection connection) {
    boolean kept = false;
    lock.lock();
    try {
      if (connection.reusable() && !closed && count < most) {
        connection.rest(System.nanoTime() + KEEP.toNanos());
        idle.computeIfAbsent(connection.origin(), _ -> new ArrayDeque<>()).push(connection);
        count++;
        kept = true;
      }
    } finally {
      lock.unlock();
    }
    if (!kept) {
      connection.close();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      idle.values().forEach(waiting -> waiting.forEach(Connection::close));
      idle.clear();
      count = 0;
    } finally {
      lock.unlock();
    }
  }
}
