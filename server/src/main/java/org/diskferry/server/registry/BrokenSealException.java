package org.diskferry.server.registry;

/// A sealed text does not open: it was altered or moved, or the site key is another one. Never
/// expected; the operator restores a backup.
final class BrokenSealException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokenSealException(String place) {
    super("the seal of " + place + " is broken");
  }

  BrokenSealException(String place, Throwable cause) {
    super("the seal of " + place + " is broken", cause);
  }
}
