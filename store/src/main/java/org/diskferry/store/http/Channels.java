package org.diskferry.store.http;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a socket channel offers only through its socket.
final class Channels {
  private static final Logger LOG = LoggerFactory.getLogger(Channels.class);

  private Channels() {}

  /// Bytes that can be read without waiting.
  static int available(SocketChannel channel) throws IOException {
    return channel.socket().getInputStream().available();
  }

  /// Waits for bytes and appends them to `target`, which must have an array; false after `longest`
  /// without any. At the end of the stream it answers true and appends nothing.
  static boolean await(SocketChannel channel, ByteBuffer target, Duration longest)
      throws IOException {
    channel.socket().setSoTimeout(Math.toIntExact(longest.toMillis()));
    try {
      int count =
          channel
              .socket()
              .getInputStream()
              .read(target.array(), target.arrayOffset() + target.position(), target.remaining());
      if (count > 0) {
        target.position(target.position() + count);
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } finally {
      channel.socket().setSoTimeout(0);
    }
  }

  static void writeAll(SocketChannel channel, ByteBuffer source) throws IOException {
    while (source.hasRemaining()) {
      channel.write(source);
    }
  }

  static void closeQuietly(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing is lost: what mattered was answered, or has been reported as failed.
      LOG.debug("closing a connection failed", e);
    }
  }
}
