package org.diskferry.station.journal;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/// Frames one behind the other: length (4), CRC32C of the body (4), body. A frame that is cut short
/// or does not match its checksum ends the file: it was being written when the power went, and
/// nobody was told that it is there.
final class JournalFile implements AutoCloseable {
  /// Larger than the facts of the largest object: five million block sums.
  static final int LONGEST = 64 << 20;

  private static final byte[] MAGIC = "DFJOURN1".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER = 2 * Integer.BYTES;

  private final FileChannel channel;
  private long end = MAGIC.length;

  private JournalFile(FileChannel channel) {
    this.channel = channel;
  }

  /// Receives the bodies that are there.
  interface Replay {
    void body(long position, ByteBuffer body) throws IOException;
  }

  /// Opens or creates; replays what is there, cuts off a torn tail.
  static JournalFile open(Path path, Replay replay) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    JournalFile file = new JournalFile(channel);
    try {
      file.begin(path);
      file.replay(replay);
      return file;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private void begin(Path path) throws IOException {
    if (channel.size() < MAGIC.length) {
      channel.truncate(0);
      writeFully(ByteBuffer.wrap(MAGIC), 0);
      channel.force(true);
      return;
    }
    ByteBuffer magic = read(0, MAGIC.length);
    if (!magic.equals(ByteBuffer.wrap(MAGIC))) {
      throw new IOException(path + ": is no journal of this version");
    }
  }

  private void replay(Replay replay) throws IOException {
    long size = channel.size();
    while (size - end >= HEADER) {
      ByteBuffer header = read(end, HEADER);
      int length = header.getInt();
      if (length < 0 || length > LONGEST || length > size - end - HEADER) {
        break;
      }
      ByteBuffer body = read(end + HEADER, length);
      if (crc(body) != header.getInt()) {
        break;
      }
      replay.body(end, body);
      end += HEADER + length;
    }
    if (end < size) {
      channel.truncate(end);
      channel.force(true);
    }
  }

  /// Where the next frame will be.
  long end() {
    return end;
  }

  /// Bytes that a frame around `bodyLength` bytes takes.
  static int frameLength(int bodyLength) {
    return HEADER + bodyLength;
  }

  static void putFrame(ByteBuffer body, ByteBuffer target) {
    target.putInt(body.remaining()).putInt(crc(body)).put(body.duplicate());
  }

  /// Appends whole frames and returns when they are on the disk.
  void append(ByteBuffer frames) throws IOException {
    int length = frames.remaining();
    writeFully(frames, end);
    channel.force(false);
    end += length;
  }

  /// The body of the frame at `position`.
  ByteBuffer body(long position) throws IOException {
    int length = read(position, HEADER).getInt();
    return read(position + HEADER, length);
  }

  private static int crc(ByteBuffer body) {
    CRC32C crc = new CRC32C();
    crc.update(body.duplicate());
    return (int) crc.getValue();
  }

  private void writeFully(ByteBuffer bytes, long position) throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }

  private ByteBuffer read(long position, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    long at = position;
    while (buffer.hasRemaining()) {
      int count = channel.read(buffer, at);
      if (count < 0) {
        throw new EOFException("the journal ends at byte " + at);
      }
      at += count;
    }
    return buffer.flip();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
