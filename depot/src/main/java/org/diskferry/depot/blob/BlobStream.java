package org.diskferry.depot.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/// A blob as a stream, compared as it is read. Does not close the reader.
public final class BlobStream extends InputStream {
  private final BlobReader reader;
  private final long end;
  private long position;
  private ByteBuffer ready = ByteBuffer.allocate(0);

  /// The first `length` bytes of a blob.
  public BlobStream(BlobReader reader, long length) {
    this(reader, 0, length);
  }

  /// The bytes from `from` to before `end` of a blob.
  public BlobStream(BlobReader reader, long from, long end) {
    this.reader = reader;
    this.position = from;
    this.end = end;
  }

  @Override
  public int read() throws IOException {
    return fill() ? Byte.toUnsignedInt(ready.get()) : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, ready.remaining());
    ready.get(bytes, offset, count);
    return count;
  }

  private boolean fill() throws IOException {
    if (!ready.hasRemaining() && position < end) {
      ready = reader.next(position, end - position);
      position += ready.remaining();
    }
    return ready.hasRemaining();
  }
}
