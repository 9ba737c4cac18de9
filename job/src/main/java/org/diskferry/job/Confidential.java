package org.diskferry.job;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A text of the customer that belongs to a job and is not for everybody: a manifest with its
/// address and passwords, a message that names files, a tracking number.
///
/// Stores keep it apart from the events, under a key of the job's own; the event itself holds a
/// commitment. When the key was destroyed the text is gone and the commitment stays. Never printed:
/// `toString` hides it.
public final class Confidential {
  private final @Nullable String text;
  private final String commitment;

  private Confidential(@Nullable String text, String commitment) {
    this.text = text;
    this.commitment = commitment;
  }

  /// A text that no store has seen yet.
  public static Confidential of(String text) {
    return new Confidential(text, "");
  }

  /// A text as a store keeps it.
  public static Confidential kept(String text, String commitment) {
    return new Confidential(text, commitment);
  }

  /// What is left when the text was not read, or cannot be read any more.
  public static Confidential unread(String commitment) {
    return new Confidential(null, commitment);
  }

  /// The text; empty where it was not read, or its key was destroyed.
  public Optional<String> text() {
    return Optional.ofNullable(text);
  }

  /// The store's commitment to the text, empty where no store has seen it.
  public String commitment() {
    return commitment;
  }

  /// Two texts are the same if what is known of both is: the text, else the commitment.
  @Override
  public boolean equals(Object other) {
    if (!(other instanceof Confidential that)) {
      return false;
    }
    return (text == null && that.text == null)
        ? commitment.equals(that.commitment)
        : Objects.equals(text, that.text);
  }

  @Override
  public int hashCode() {
    return text != null ? text.hashCode() : commitment.hashCode();
  }

  @Override
  public String toString() {
    return Secret.HIDDEN;
  }
}
