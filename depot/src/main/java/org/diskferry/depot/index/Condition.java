package org.diskferry.depot.index;

/// What must be so for an object to be stored or deleted.
public sealed interface Condition {

  /// Whatever is there.
  record Always() implements Condition {}

  /// Nothing may be there.
  record Absent() implements Condition {}

  /// This must be there.
  ///
  /// @param etag without quotation marks; `*` for any
  record Is(String etag) implements Condition {
    /// Whether anything at all will do.
    public boolean isAny() {
      return etag.equals("*");
    }

    boolean holdsFor(String other) {
      return isAny() || etag.equals(other);
    }
  }
}
