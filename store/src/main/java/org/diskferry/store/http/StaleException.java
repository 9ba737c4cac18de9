package org.diskferry.store.http;

import java.io.IOException;

/// A connection that had served before died before the first byte of an answer: most likely the
/// other side had closed it while it was idle.
final class StaleException extends IOException {
  private static final long serialVersionUID = 1L;

  StaleException(IOException cause) {
    super(cause.getMessage(), cause);
  }
}
