package org.diskferry.station.catalogue;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/// Sorts more records than memory holds: by the unsigned order of their keys, then of their values.
///
/// Records are gathered in memory until it is full, then spilled as a sorted run; reading merges
/// the runs. The files are deleted when the sorter is closed. One thread at a time.
final class RecordSorter implements AutoCloseable {
  /// Memory for records before they are spilled: small beside a heap of 256 MiB, and 200 runs of it
  /// hold ten million paths.
  static final int MEMORY = 8 << 20;

  /// Runs merged at once: each needs an open file and a buffer.
  private static final int FAN_IN = 128;

  private static final int FIRST_CAPACITY = 1 << 16;
  private static final int HEADER = 2 * Integer.BYTES;

  private final Path directory;
  private final String name;
  private final int memory;
  private final Deque<Path> runs = new ArrayDeque<>();
  private byte[] arena = new byte[FIRST_CAPACITY];
  private int used;
  private int[] starts = new int[FIRST_CAPACITY / 64];
  private int count;
  private int runNumber;

  RecordSorter(Path directory, String name) {
    this(directory, name, MEMORY);
  }

  RecordSorter(Path directory, String name, int memory) {
    this.directory = directory;
    this.name = name;
    this.memory = memory;
  }

  void add(byte[] key, byte[] value) throws IOException {
    int length = Math.addExact(HEADER + key.length, value.length);
    if (count > 0 && (long) used + length + (long) (count + 1) * Integer.BYTES * 6 > memory) {
      spill();
    }
    reserve(length);
    starts[count++] = used;
    ByteBuffer.wrap(arena, used, length)
        .putInt(key.length)
        .putInt(value.length)
        .put(key)
        .put(value);
    used += length;
  }

  private void reserve(int length) {
    if (length > arena.length - used) {
      arena = Arrays.copyOf(arena, Math.max(Math.multiplyExact(arena.length, 2), used + length));
    }
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count * 2);
    }
  }

  /// All records in order. Nothing may be added after this, and the cursor ends with the sorter.
  RecordCursor sorted() throws IOException {
    if (runs.isEmpty()) {
      return new ArenaCursor(arena, order());
    }
    spill();
    arena = new byte[0];
    starts = new int[0];
    while (runs.size() > FAN_IN) {
      mergeSome();
    }
    return MergeCursor.over(List.copyOf(runs));
  }

  private void spill() throws IOException {
    if (count == 0) {
      return;
    }
    Path run = newRun();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(run))) {
      for (Integer start : order()) {
        out.write(arena, start, ArenaCursor.lengthAt(arena, start));
      }
    }
    runs.addLast(run);
    used = 0;
    count = 0;
  }

  private void mergeSome() throws IOException {
    List<Path> some = new ArrayList<>();
    while (some.size() < FAN_IN) {
      some.add(runs.removeFirst());
    }
    Path merged = newRun();
    try (MergeCursor from = MergeCursor.over(some);
        DataOutputStream out =
            new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(merged)))) {
      while (from.advance()) {
        out.writeInt(from.key().length);
        out.writeInt(from.value().length);
        out.write(from.key());
        out.write(from.value());
      }
    }
    for (Path run : some) {
      Files.delete(run);
    }
    runs.addLast(merged);
  }

  private Path newRun() {
    return directory.resolve(name + "." + runNumber++ + ".run");
  }

  private Integer[] order() {
    Integer[] order = new Integer[count];
    for (int i = 0; i < count; i++) {
      order[i] = starts[i];
    }
    byte[] bytes = arena;
    Arrays.sort(order, (a, b) -> ArenaCursor.compare(bytes, a, b));
    return order;
  }

  @Override
  public void close() throws IOException {
    for (Path run : runs) {
      Files.deleteIfExists(run);
    }
    runs.clear();
  }
}
