package org.diskferry.station.task;

import java.io.IOException;

/// The work was told to stop at once; an [IOException] so that it passes through a store's body.
public final class AbandonedException extends IOException {
  private static final long serialVersionUID = 1L;

  /// Without a reason: who tells it knows.
  public AbandonedException() {
    super("told to stop");
  }
}
