package org.diskferry.store.http;

import java.nio.channels.SocketChannel;

/// The deadline of one connection. When it has passed, [Watch] closes the channel, which ends
/// whatever waits on it: a blocking write has no time-out of its own.
final class Guard {
  private static final long NEVER = Long.MAX_VALUE;

  private final SocketChannel channel;
  private volatile long until = NEVER;
  private volatile boolean struck;

  Guard(SocketChannel channel) {
    this.channel = channel;
  }

  /// From now on the channel is closed at this time of `System.nanoTime`.
  void arm(long nanoTime) {
    until = nanoTime;
  }

  void disarm() {
    until = NEVER;
  }

  /// Whether the deadline passed and closed the channel.
  boolean struck() {
    return struck;
  }

  boolean open() {
    return channel.isOpen();
  }

  /// Closes the channel if its time has come.
  void check(long now) {
    long end = until;
    if (end != NEVER && now - end > 0) {
      struck = true;
      Channels.closeQuietly(channel);
    }
  }
}
