package org.diskferry.station.catalogue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file of records of one size, told by number: written once from the first to the last, then
/// read in any order by any thread. Readers must not be interrupted: that would close the file.
final class FixedFile implements AutoCloseable {
  private static final int BUFFER = 64 << 10;

  private final FileChannel channel;
  private final int recordBytes;
  private final ByteBuffer pending;
  private long records;

  private FixedFile(FileChannel channel, int recordBytes) {
    this.channel = channel;
    this.recordBytes = recordBytes;
    this.pending = ByteBuffer.allocate(BUFFER / recordBytes * recordBytes);
  }

  /// An empty file in place of what was there.
  static FixedFile create(Path path, int recordBytes) throws IOException {
    return new FixedFile(
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE),
        recordBytes);
  }

  long records() {
    return records;
  }

  /// Appends one record; `record` is consumed.
  void append(ByteBuffer record) throws IOException {
    if (record.remaining() != recordBytes) {
      throw new IllegalArgumentException("a record has " + recordBytes + " bytes");
    }
    if (!pending.hasRemaining()) {
      flush();
    }
    pending.put(record);
    records++;
  }

  /// Makes what was appended readable.
  void flush() throws IOException {
    pending.flip();
    while (pending.hasRemaining()) {
      channel.write(pending);
    }
    pending.clear();
  }

  /// Record `number`, flushed before.
  ByteBuffer at(long number) throws IOException {
    return range(number, 1);
  }

  /// Up to `count` records from `number` on: fewer at the end.
  ByteBuffer range(long number, int count) throws IOException {
    long available = Math.min(count, records - number);
    ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(available * recordBytes));
    long position = number * recordBytes;
    while (buffer.hasRemaining()) {
      int length = channel.read(buffer, position);
      if (length < 0) {
        throw new EOFException("record " + number + " is missing");
      }
      position += length;
    }
    return buffer.flip();
  }

  /// All records from the first on.
  FixedCursor cursor() {
    return new FixedCursor(this, recordBytes, BUFFER / recordBytes);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
