package org.diskferry.job;

/// There is no job of that name, or none that the asker may see.
public final class NoSuchJobException extends Exception {
  private static final long serialVersionUID = 1L;

  /// With the name.
  public NoSuchJobException(JobId id) {
    super("no job " + id);
  }
}
