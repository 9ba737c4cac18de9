package org.diskferry.station.catalogue;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// The records of one sorted run.
final class RunCursor implements RecordCursor {
  /// Read at once from each run: large enough that merging reads a disk in long strokes.
  private static final int BUFFER = 64 << 10;

  private final DataInputStream in;
  private byte[] key = {};
  private byte[] value = {};

  RunCursor(Path run) throws IOException {
    in = new DataInputStream(new BufferedInputStream(Files.newInputStream(run), BUFFER));
  }

  @Override
  public boolean advance() throws IOException {
    int first = in.read();
    if (first < 0) {
      return false;
    }
    int keyLength = (first << 24) | (in.readUnsignedByte() << 16) | in.readUnsignedShort();
    int valueLength = in.readInt();
    key = exactly(keyLength);
    value = exactly(valueLength);
    return true;
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("a sorted run ends inside a record");
    }
    return bytes;
  }

  static int compare(RunCursor a, RunCursor b) {
    int byKey = Arrays.compareUnsigned(a.key, b.key);
    return byKey != 0 ? byKey : Arrays.compareUnsigned(a.value, b.value);
  }

  @Override
  public byte[] key() {
    return key;
  }

  @Override
  public byte[] value() {
    return value;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
