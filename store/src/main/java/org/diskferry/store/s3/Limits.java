package org.diskferry.store.s3;

import java.time.Duration;

/// How much and how long a client tries.
///
/// @param calls at once, each on a connection of its own; fewer while the store asks to slow down
/// @param connect how long a connection may take to open
/// @param idle how long nothing may move in either direction
/// @param call how long a call may take with all its retries; a body adds the time that it takes at
///   the slowest rate that is worth waiting for, 64 KiB a second
/// @param attempts how often a call is tried; being told to slow down does not count
/// @param firstPause the longest pause before the second attempt; doubled for each further one
/// @param longestPause no pause is longer, unless the store asks for it
public record Limits(
    int calls,
    Duration connect,
    Duration idle,
    Duration call,
    int attempts,
    Duration firstPause,
    Duration longestPause) {
  private static final long SLOWEST_BYTES_A_SECOND = 64 << 10;

  /// For a store at the other end of a network: with twelve attempts a store may be away for about
  /// a minute before a call fails.
  public static final Limits USUAL =
      new Limits(
          64,
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(10),
          12,
          Duration.ofMillis(100),
          Duration.ofSeconds(20));

  /// For asking what a store can do: what makes it fail now will do so again.
  public static final Limits EXAMINING =
      new Limits(
          4,
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          2,
          Duration.ofMillis(100),
          Duration.ofSeconds(1));

  /// Checks that each is at least one, or longer than nothing.
  public Limits {
    if (calls < 1
        || attempts < 1
        || !connect.isPositive()
        || !idle.isPositive()
        || !call.isPositive()
        || !firstPause.isPositive()
        || !longestPause.isPositive()) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }

  Duration callOf(long bytes) {
    return call.plusSeconds(bytes / SLOWEST_BYTES_A_SECOND);
  }
}
