package org.diskferry.store.s3;

/// An answer that should be XML and is not, or not the one that was expected.
final class XmlException extends Exception {
  private static final long serialVersionUID = 1L;

  XmlException(String message) {
    super(message);
  }
}
