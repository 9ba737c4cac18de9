package org.diskferry.server.query;

/// What an action needs cannot be asked now.
public final class UnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  /// With what was being asked, for the operator's log.
  public UnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
