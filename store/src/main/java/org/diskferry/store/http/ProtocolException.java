package org.diskferry.store.http;

import java.io.IOException;

/// An answer that is not HTTP, or larger than any honest answer.
public final class ProtocolException extends IOException {
  private static final long serialVersionUID = 1L;

  ProtocolException(String message) {
    super(message);
  }
}
