package org.diskferry.media.crypt;

/// Whether somebody still wants the result of a long calculation.
@FunctionalInterface
public interface Stop {
  /// Nobody ever stops it.
  Stop NEVER = () -> false;

  /// Whether to stop; asked a few hundred times a second, by several threads.
  boolean isWanted();
}
