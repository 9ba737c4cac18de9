package org.diskferry.store;

import java.util.Objects;

/// The store did not do what was asked, after all retries that make sense.
public final class StoreException extends Exception {
  private static final long serialVersionUID = 1L;

  /// What the operator, or the customer, should make of it.
  public enum Trouble {
    /// No such bucket.
    NO_SUCH_BUCKET,
    /// No such object.
    NO_SUCH_KEY,
    /// No such multipart upload: finished, aborted, or never begun.
    NO_SUCH_UPLOAD,
    /// These credentials may not do this.
    DENIED,
    /// A condition of the request did not hold.
    PRECONDITION,
    /// The store computed another checksum than we sent: the bytes were damaged on the way.
    DAMAGED,
    /// The request is one that this store does not accept; repeating it cannot help.
    REFUSED,
    /// The store has no room.
    FULL,
    /// The store could not be reached, timed out, or kept failing.
    UNAVAILABLE,
    /// Our source of bytes failed while we sent; the store is not to blame.
    SOURCE
  }

  private final Trouble trouble;
  private final String code;

  /// `code` is the store's own word (`SlowDown`), empty where it gave none.
  public StoreException(Trouble trouble, String code, String message) {
    super(message);
    this.trouble = Objects.requireNonNull(trouble);
    this.code = code;
  }

  /// With what the platform said.
  public StoreException(Trouble trouble, String code, String message, Throwable cause) {
    super(message, cause);
    this.trouble = Objects.requireNonNull(trouble);
    this.code = code;
  }

  /// What to make of it.
  public Trouble trouble() {
    return trouble;
  }

  /// The store's own word for it, empty where it gave none.
  public String code() {
    return code;
  }
}
