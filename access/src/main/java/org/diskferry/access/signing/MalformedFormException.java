package org.diskferry.access.signing;

/// Form data that cannot be decoded; the message says where and is meant for the client.
public final class MalformedFormException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedFormException(String message) {
    super(message);
  }
}
