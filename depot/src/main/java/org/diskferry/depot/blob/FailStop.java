package org.diskferry.depot.blob;

import java.io.IOException;
import org.diskferry.depot.blob.BlobException.Trouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Remembers that a sync failed. From then on nothing is written: what the kernel has dropped once
/// it reports as synced the next time, so trying again would be a lie.
final class FailStop {
  private static final Logger LOG = LoggerFactory.getLogger(FailStop.class);

  private volatile String reason = "";

  /// Refuses to go on after a failure.
  void check() throws BlobException {
    if (!reason.isEmpty()) {
      throw new BlobException(
          Trouble.FAILED, "the store takes no writes until it is started again: " + reason);
    }
  }

  /// Why the store takes no writes; empty while it does.
  String reason() {
    return reason;
  }

  /// Stops all writing; only the first reason is kept.
  BlobException fail(String what, IOException cause) {
    synchronized (this) {
      if (reason.isEmpty()) {
        reason = what + ": " + cause.getMessage();
        LOG.error(
            "{}; the store is read-only from now on, check the disk and restart", what, cause);
      }
    }
    return new BlobException(Trouble.FAILED, what + ": " + cause.getMessage(), cause);
  }
}
