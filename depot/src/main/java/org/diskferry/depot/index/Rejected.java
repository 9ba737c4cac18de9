package org.diskferry.depot.index;

/// The index did not do what was asked, because of what is in it. Nothing was changed.
public final class Rejected extends Exception {
  private static final long serialVersionUID = 1L;

  /// Which rule.
  public enum Why {
    /// No such bucket (any more).
    NO_SUCH_BUCKET,
    /// A bucket of that name exists.
    BUCKET_EXISTS,
    /// The bucket has objects.
    BUCKET_NOT_EMPTY,
    /// No such object (any more).
    NO_SUCH_KEY,
    /// No such upload, or not any more.
    NO_SUCH_UPLOAD,
    /// A part is not there, or is another than was named.
    INVALID_PART,
    /// The checksum of the whole is another than was named.
    BAD_CHECKSUM,
    /// A part that is not the last is too small.
    PART_TOO_SMALL,
    /// The condition does not hold.
    PRECONDITION
  }

  private final Why why;

  /// For a reason, with details.
  public Rejected(Why why, String detail) {
    super(detail, null, false, false);
    this.why = why;
  }

  /// Which rule.
  public Why why() {
    return why;
  }
}
