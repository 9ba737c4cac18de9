package org.diskferry.mkfs.fill;

import java.util.Objects;

/// The library failed: what it has of the volume is not used any more.
public final class FillerException extends Exception {
  private static final long serialVersionUID = 1L;

  /// With what was called and what the library said.
  public FillerException(String message) {
    super(message);
  }

  /// With what was called, and what lies beneath it.
  public FillerException(String message, Throwable cause) {
    super(message, cause);
  }

  /// What was called and what the library said.
  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
