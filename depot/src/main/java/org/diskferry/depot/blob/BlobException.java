package org.diskferry.depot.blob;

import java.io.IOException;
import java.util.Objects;

/// The disk under the blobs did not do what was asked.
public final class BlobException extends IOException {
  private static final long serialVersionUID = 1L;

  /// What the operator should do.
  public enum Trouble {
    /// Make room: nothing of the blob was kept, everything older is safe.
    FULL,
    /// Replace the disk or mend the mount, then start again: until then nothing is written.
    FAILED,
    /// Restore this blob: its bytes are not those that were stored.
    DAMAGED
  }

  private final Trouble trouble;

  BlobException(Trouble trouble, String message) {
    super(message);
    this.trouble = Objects.requireNonNull(trouble);
  }

  BlobException(Trouble trouble, String message, Throwable cause) {
    super(message, cause);
    this.trouble = Objects.requireNonNull(trouble);
  }

  /// What the operator should do.
  public Trouble trouble() {
    return trouble;
  }
}
