package org.diskferry.depot.index;

import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;

/// What a failure of the database means.
public enum Failure {
  /// The database has no room; nothing was changed.
  FULL,
  /// The server refused the statement; nothing was changed.
  REFUSED,
  /// No connection could be had; nothing was changed.
  UNREACHED,
  /// The server did not answer: whether anything was changed is not known.
  LOST;

  private static final String DISK_FULL = "53100";
  private static final String CONNECTION = "08";
  private static final String SHUTDOWN = "57P";

  /// Sorts an exception of the index.
  public static Failure of(JdbiException e) {
    if (e instanceof ConnectionException) {
      return UNREACHED;
    }
    String state = Database.sqlState(e).orElse(CONNECTION);
    if (state.equals(DISK_FULL)) {
      return FULL;
    }
    return state.startsWith(CONNECTION) || state.startsWith(SHUTDOWN) ? LOST : REFUSED;
  }
}
