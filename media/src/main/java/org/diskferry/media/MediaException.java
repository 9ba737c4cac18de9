package org.diskferry.media;

import java.util.Objects;

/// The medium, or what is written on it, did not allow what was asked.
///
/// The message names the place and the numbers (`sector 81920: unreadable`); the [Trouble] tells
/// the caller what to do about it.
public final class MediaException extends Exception {
  private static final long serialVersionUID = 1L;

  /// What kind of trouble it is.
  public enum Trouble {
    /// The medium answered that these bytes cannot be read; others may be fine.
    UNREADABLE,
    /// The medium answers no more: pulled, powered off, or reset.
    GONE,
    /// The bytes contradict the format; what depends on them is lost, the rest may be fine.
    DAMAGED,
    /// The format is known and not supported.
    UNSUPPORTED,
    /// A limit of [Bounds] was reached.
    EXCEEDED
  }

  private final Trouble trouble;

  /// With the place and the numbers in `message`.
  public MediaException(Trouble trouble, String message) {
    super(message);
    this.trouble = Objects.requireNonNull(trouble);
  }

  /// With the place and the numbers in `message`, and what the platform said.
  public MediaException(Trouble trouble, String message, Throwable cause) {
    super(message, cause);
    this.trouble = Objects.requireNonNull(trouble);
  }

  /// The place and the numbers.
  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  /// What kind of trouble it is.
  public Trouble trouble() {
    return trouble;
  }

  /// Throws itself again where going on makes no sense: the device is gone, or a limit is reached.
  ///
  /// @return the reason, where only what depends on these bytes is lost
  public String localReason() throws MediaException {
    if (trouble == Trouble.GONE || trouble == Trouble.EXCEEDED) {
      throw this;
    }
    return getMessage();
  }

  /// The bytes contradict the format.
  public static MediaException damaged(String message) {
    return new MediaException(Trouble.DAMAGED, message);
  }

  /// The format, or this feature of it, is not supported.
  public static MediaException unsupported(String message) {
    return new MediaException(Trouble.UNSUPPORTED, message);
  }

  /// A limit was reached.
  public static MediaException exceeded(String message) {
    return new MediaException(Trouble.EXCEEDED, message);
  }
}
