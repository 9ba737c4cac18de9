package org.diskferry.store.http;

import java.io.IOException;
import java.util.Optional;

/// Sends requests over connections that it keeps. A request on a connection that had served before
/// and dies without a byte of an answer is sent once more, on a new one; nothing else is retried
/// here.
public final class Transport implements AutoCloseable {
  private final Connector connector;
  private final Pool pool;

  /// @param mostIdle connections kept for later; in use there may be any number, which the caller
  ///   bounds
  public Transport(Connector connector, int mostIdle) {
    this.connector = connector;
    this.pool = new Pool(mostIdle);
  }

  /// One request, one answer.
  ///
  /// @param end when the call must have ended, as `System.nanoTime` counts
  /// @throws SourceException if the request's body could not be read
  /// @throws ProtocolException if the answer is none
  /// @throws DeadlineException if nothing moved for too long, or `end` came
  public Answer send(Origin origin, Request request, long end) throws IOException {
    Optional<Connection> waiting = pool.take(origin);
    if (waiting.isPresent()) {
      try {
        return on(waiting.get(), request, end);
      } catch (StaleException e) {
        // All that wait may be as dead; only a new one tells whether the other side lives.
      }
    }
    return on(connector.open(origin, end), request, end);
  }

  private Answer on(Connection connection, Request request, long end) throws IOException {
    boolean done = false;
    try {
      Answer answer = connection.exchange(request, end);
      done = true;
      return answer;
    } finally {
      if (done) {
        pool.give(connection);
      } else {
        connection.close();
      }
    }
  }

  @Override
  public void close() {
    pool.close();
    connector.close();
  }
}
