package org.diskferry.store.s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.diskferry.store.Body;

/// A body that must still hash to what it did: a failing disk may give other bytes when it is read
/// again. Found out before the last bytes are sent, so that no store takes the object.
final class CheckedBody implements Body {
  private final Body body;
  private final long expected;
  private final CRC32C crc = new CRC32C();
  private long next;

  CheckedBody(Body body, long expected) {
    this.body = body;
    this.expected = expected;
  }

  @Override
  public long size() {
    return body.size();
  }

  /// Must be read from its start to its end, any number of times.
  @Override
  public void read(long position, ByteBuffer target) throws IOException {
    if (position == 0) {
      crc.reset();
      next = 0;
    }
    if (position != next) {
      throw new IllegalStateException("read at " + position + " instead of " + next);
    }
    int from = target.position();
    body.read(position, target);
    crc.update(target.slice(from, target.position() - from));
    next += target.position() - from;
    if (next == size() && crc.getValue() != expected) {
      throw new ChangedException(crc.getValue(), expected);
    }
  }

  /// The bytes are others than they were.
  static final class ChangedException extends IOException {
    private static final long serialVersionUID = 1L;

    ChangedException(long found, long expected) {
      super("the bytes have CRC32C %08x, expected was %08x".formatted(found, expected));
    }
  }
}
