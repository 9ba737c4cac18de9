package org.diskferry.depot.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.diskferry.depot.blob.BlobException.Trouble;

/// One open blob, read by one thread. Every chunk is compared with its sum before any byte of it is
/// handed out; one that differs ends the reading with [Trouble#DAMAGED].
public final class BlobReader implements AutoCloseable {
  private final Location location;
  private final ChunkSums sums;
  private final Window window;

  BlobReader(Location location, ChunkSums sums, Window window) {
    this.location = location;
    this.sums = sums;
    this.window = window;
  }

  /// The bytes from `position` on: to the end of a chunk, and at most `most`. The buffer is valid
  /// until the next call.
  public ByteBuffer next(long position, long most) throws IOException {
    if (position < 0 || position >= location.length()) {
      throw new IllegalArgumentException(position + " is outside of the blob");
    }
    long chunk = position / ChunkSums.CHUNK;
    long begin = chunk * ChunkSums.CHUNK;
    ByteBuffer content = chunk(begin);
    if (!sums.match(chunk, content)) {
      throw damaged("bytes %d to %d".formatted(begin, begin + content.remaining() - 1));
    }
    content.position(content.position() + (int) (position - begin));
    return content.limit((int) Math.min(content.limit(), content.position() + most));
  }

  @Override
  public void close() throws IOException {
    window.close();
  }

  private ByteBuffer chunk(long begin) throws IOException {
    int length = (int) Math.min(ChunkSums.CHUNK, location.length() - begin);
    ByteBuffer content = window.read(location.at() + begin, length);
    if (content.remaining() < length) {
      throw damaged("its file ends early");
    }
    return content;
  }

  private BlobException damaged(String where) {
    return new BlobException(
        Trouble.DAMAGED,
        "the blob of %d bytes at %d in file %s is damaged: %s"
            .formatted(location.length(), location.at(), location.file(), where));
  }
}
