package org.diskferry.job;

/// The store of jobs cannot be asked now.
public final class JobStoreException extends Exception {
  private static final long serialVersionUID = 1L;

  /// With what was being asked.
  public JobStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
