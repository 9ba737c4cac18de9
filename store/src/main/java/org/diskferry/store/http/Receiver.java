package org.diskferry.store.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Takes the body of an answer.
sealed interface Receiver {

  /// Takes the next `count` bytes.
  void take(Input input, long count) throws IOException;

  /// Takes these bytes.
  void put(ByteBuffer some) throws IOException;

  /// Into the caller's memory, which the body must fill exactly.
  final class Filling implements Receiver {
    private final ByteBuffer target;

    Filling(ByteBuffer target) {
      this.target = target;
    }

    @Override
    public void take(Input input, long count) throws IOException {
      check(count);
      int limit = target.limit();
      target.limit(target.position() + (int) count);
      try {
        input.read(target);
      } finally {
        target.limit(limit);
      }
    }

    @Override
    public void put(ByteBuffer some) throws IOException {
      check(some.remaining());
      target.put(some);
    }

    private void check(long count) throws WrongSizeException {
      if (count > target.remaining()) {
        throw new WrongSizeException();
      }
    }
  }

  /// The body has another size than was asked for. It was not read to its end.
  final class WrongSizeException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /// Into memory of its own, up to a limit.
  final class Collecting implements Receiver {
    /// A page of a listing: 1,000 keys of 1,024 bytes, percent-encoded, make under 4 MiB.
    private static final int MOST = 8 << 20;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void take(Input input, long count) throws IOException {
      check(count);
      byte[] some = new byte[(int) Math.min(count, 64 << 10)];
      for (long left = count; left > 0; left -= Math.min(left, some.length)) {
        ByteBuffer room = ByteBuffer.wrap(some, 0, (int) Math.min(left, some.length));
        input.read(room);
        bytes.write(some, 0, room.limit());
      }
    }

    @Override
    public void put(ByteBuffer some) throws IOException {
      check(some.remaining());
      byte[] copy = new byte[some.remaining()];
      some.get(copy);
      bytes.writeBytes(copy);
    }

    private void check(long count) throws ProtocolException {
      if (count > MOST - bytes.size()) {
        throw new ProtocolException("the body of an answer is larger than " + MOST + " bytes");
      }
    }

    byte[] bytes() {
      return bytes.toByteArray();
    }
  }
}
