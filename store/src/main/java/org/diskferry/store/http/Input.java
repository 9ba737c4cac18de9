package org.diskferry.store.http;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/// What comes from the other side, as lines and as bytes.
final class Input {
  private static final int SIZE = 16 << 10;

  private final Source source;
  private final ByteBuffer buffer = ByteBuffer.allocate(SIZE).limit(0);
  private boolean begun;

  /// Where the bytes are from.
  @FunctionalInterface
  interface Source {
    /// Reads at least one byte, waiting for it; -1 at the end.
    int read(ByteBuffer target) throws IOException;
  }

  Input(Source source) {
    this.source = source;
  }

  /// A new answer is waited for.
  void beginAnswer() {
    begun = buffer.hasRemaining();
  }

  /// Whether a byte of the answer has arrived.
  boolean begun() {
    return begun;
  }

  /// Whether bytes were received that nobody has asked for.
  boolean hasLeftover() {
    return buffer.hasRemaining();
  }

  private boolean fill() throws IOException {
    buffer.clear();
    int count = 0;
    try {
      count = source.read(buffer);
    } finally {
      buffer.flip();
    }
    begun |= count > 0;
    return count >= 0;
  }

  /// A line without its end, bytes as characters, of at most `longest`.
  String line(int longest) throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      while (!buffer.hasRemaining()) {
        if (!fill()) {
          throw new EOFException("the connection ended inside an answer");
        }
      }
      byte next = buffer.get();
      if (next == '\n') {
        int length = line.length();
        return length > 0 && line.charAt(length - 1) == '\r'
            ? line.substring(0, length - 1)
            : line.toString();
      }
      if (line.length() > longest) {
        throw new ProtocolException("a line of the answer is longer than " + longest + " bytes");
      }
      line.append((char) (next & 0xFF));
    }
  }

  /// Fills `target`.
  void read(ByteBuffer target) throws IOException {
    while (target.hasRemaining()) {
      if (readSome(target) < 0) {
        throw new EOFException(
            "the connection ended " + target.remaining() + " bytes before the end of an answer");
      }
    }
  }

  /// Reads at least one byte; -1 at the end.
  int readSome(ByteBuffer target) throws IOException {
    if (buffer.hasRemaining()) {
      int count = Math.min(buffer.remaining(), target.remaining());
      target.put(buffer.slice().limit(count));
      buffer.position(buffer.position() + count);
      return count;
    }
    return source.read(target);
  }
}
