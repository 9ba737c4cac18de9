package org.diskferry.station.catalogue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/// Byte strings one behind the other in a file, found again by offset and length: written once,
/// then read in any order by any thread. Readers must not be interrupted: that would close the
/// file.
final class ByteHeap implements AutoCloseable {
  private static final int BUFFER = 64 << 10;

  private final FileChannel channel;
  private final long mostBytes;
  private final ByteBuffer pending = ByteBuffer.allocate(BUFFER);
  private long end;

  private ByteHeap(FileChannel channel, long mostBytes) {
    this.channel = channel;
    this.mostBytes = mostBytes;
  }

  /// An empty heap in place of what was there, which refuses to grow beyond `mostBytes`.
  static ByteHeap create(Path path, long mostBytes) throws IOException {
    return new ByteHeap(
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE),
        mostBytes);
  }

  /// Appends and answers the offset.
  ///
  /// @throws HeapFullException beyond the limit
  long append(byte[] bytes) throws IOException, HeapFullException {
    if (end + bytes.length > mostBytes) {
      throw new HeapFullException(mostBytes);
    }
    ByteBuffer source = ByteBuffer.wrap(bytes);
    while (source.hasRemaining()) {
      if (!pending.hasRemaining()) {
        flush();
      }
      int length = Math.min(source.remaining(), pending.remaining());
      pending.put(source.slice(source.position(), length));
      source.position(source.position() + length);
    }
    long start = end;
    end += bytes.length;
    return start;
  }

  /// Makes what was appended readable.
  void flush() throws IOException {
    pending.flip();
    while (pending.hasRemaining()) {
      channel.write(pending);
    }
    pending.clear();
  }

  byte[] at(long offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    long position = offset;
    while (buffer.hasRemaining()) {
      int count = channel.read(buffer, position);
      if (count < 0) {
        throw new EOFException("byte " + position + " of a catalogue is missing");
      }
      position += count;
    }
    return buffer.array();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /// The names of a device want more room than any honest device needs.
  static final class HeapFullException extends Exception {
    private static final long serialVersionUID = 1L;

    HeapFullException(long mostBytes) {
      super("the paths of this device need more than " + (mostBytes >> 30) + " GiB");
    }

    @Override
    public String getMessage() {
      return Objects.requireNonNull(super.getMessage());
    }
  }
}
