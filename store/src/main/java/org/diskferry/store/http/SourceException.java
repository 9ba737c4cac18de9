package org.diskferry.store.http;

import java.io.IOException;

/// The body of a request could not be read; the cause says why.
public final class SourceException extends IOException {
  private static final long serialVersionUID = 1L;

  SourceException(IOException cause) {
    super("the source of the body failed: " + cause.getMessage(), cause);
  }
}
