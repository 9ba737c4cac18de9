package org.diskferry.mkfs;

import java.util.Objects;

/// The volume that was being made is not to be trusted any more, or could not be made at all.
public final class MkfsException extends Exception {
  private static final long serialVersionUID = 1L;

  /// What the operator should do.
  public enum Trouble {
    /// The device refused a read or a write, or is gone: another device is needed.
    DEVICE,
    /// What writes the volume failed or died: it is made anew.
    CRASHED,
    /// What was written before cannot be gone on with: it is made anew.
    INCONSISTENT,
    /// A program or a library of the system's is missing: install it.
    NOT_INSTALLED,
    /// The device is too small for the file system itself.
    TOO_SMALL
  }

  private final Trouble trouble;

  /// With the place and the numbers in `message`.
  public MkfsException(Trouble trouble, String message) {
    super(message);
    this.trouble = Objects.requireNonNull(trouble);
  }

  /// With the place and the numbers in `message`, and what lies beneath it.
  public MkfsException(Trouble trouble, String message, Throwable cause) {
    super(message, cause);
    this.trouble = Objects.requireNonNull(trouble);
  }

  /// The place and the numbers.
  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  /// What the operator should do.
  public Trouble trouble() {
    return trouble;
  }
}
