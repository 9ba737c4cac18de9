package org.diskferry.postgres;

/// The database server cannot be had. The message names the directory and says what to do.
public final class PostgresException extends Exception {
  private static final long serialVersionUID = 1L;

  /// What the operator should do about it.
  public enum Kind {
    /// Stop the other owner of the directory, or choose another directory.
    IN_USE,
    /// Bring the data to the other major version, or start the older release.
    WRONG_VERSION,
    /// Create a system account that the server can run as.
    NO_ACCOUNT,
    /// Choose a directory that the server's account can reach.
    UNREACHABLE,
    /// Read the server's log.
    FAILED
  }

  private final Kind kind;

  PostgresException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  PostgresException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /// What the operator should do.
  public Kind kind() {
    return kind;
  }
}
