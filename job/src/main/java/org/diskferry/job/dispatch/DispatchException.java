package org.diskferry.job.dispatch;

/// The server could not be asked. Nothing was decided; ask again later with the same words.
public final class DispatchException extends Exception {
  private static final long serialVersionUID = 1L;

  /// With what was being asked.
  public DispatchException(String message, Throwable cause) {
    super(message, cause);
  }
}
