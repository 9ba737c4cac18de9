package org.diskferry.store.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/// Bytes as they are.
final class PlainLink implements Link {
  /// A read into memory on the heap goes through a direct buffer of the platform's that is as large
  /// as the read, and is kept: so reads are cut.
  private static final int LONGEST_READ = 256 << 10;

  /// The answer to a request that waits for leave to go on is a line and a few fields.
  private static final int WAITED_FOR = 4 << 10;

  private final SocketChannel channel;
  private final ByteBuffer early = ByteBuffer.allocate(WAITED_FOR).limit(0);

  PlainLink(SocketChannel channel) {
    this.channel = channel;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (early.hasRemaining()) {
      int count = Math.min(early.remaining(), target.remaining());
      target.put(early.slice().limit(count));
      early.position(early.position() + count);
      return count;
    }
    int limit = target.limit();
    target.limit(Math.min(limit, target.position() + LONGEST_READ));
    try {
      return channel.read(target);
    } finally {
      target.limit(limit);
    }
  }

  @Override
  public void write(ByteBuffer source) throws IOException {
    Channels.writeAll(channel, source);
  }

  @Override
  public boolean hasInput() throws IOException {
    return early.hasRemaining() || Channels.available(channel) > 0;
  }

  @Override
  public boolean awaitInput(Duration longest) throws IOException {
    if (hasInput()) {
      return true;
    }
    early.clear();
    try {
      return Channels.await(channel, early, longest);
    } finally {
      early.flip();
    }
  }

  @Override
  public void close() {
    Channels.closeQuietly(channel);
  }
}
