package org.diskferry.station.load;

import java.io.IOException;

/// The work was told to stop at once; an [IOException] so that it passes through a store's body.
final class AbandonedException extends IOException {
  private static final long serialVersionUID = 1L;

  AbandonedException() {
    super("told to stop");
  }
}
