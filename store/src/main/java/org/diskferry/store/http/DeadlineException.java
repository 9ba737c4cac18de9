package org.diskferry.store.http;

import java.io.IOException;

/// Nothing moved for too long, or the whole took too long.
public final class DeadlineException extends IOException {
  private static final long serialVersionUID = 1L;

  DeadlineException(String message, Throwable cause) {
    super(message, cause);
  }
}
