package org.diskferry.media.fs.ntfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.diskferry.media.MediaException;

/// Goes through the whole table in record order and delivers every file in use. A record that
/// cannot be read, or is torn, costs what it describes and nothing else.
final class TableWalk {
  /// Large enough that a disk streams, small enough to be nothing beside the heap.
  private static final int WINDOW_BYTES = 1 << 20;

  /// Receives what the walk finds.
  interface Visitor {
    /// A file or directory, the file system's own included.
    void file(FileRecord file) throws MediaException;

    /// A record in use that is lost.
    void lost(long record, String reason) throws MediaException;
  }

  private final RecordReader reader;
  private final RecordBitmap bitmap;
  private final int recordSize;
  private final ByteBuffer window;
  private final Map<Integer, MediaException> failures = new HashMap<>();

  TableWalk(RecordReader reader) {
    this.reader = reader;
    this.bitmap = new RecordBitmap(reader);
    this.recordSize = reader.table().boot().recordSize();
    this.window = ByteBuffer.allocate(WINDOW_BYTES);
  }

  void walk(Visitor visitor) throws MediaException {
    int perWindow = WINDOW_BYTES / recordSize;
    for (long first = 0; first < reader.table().records(); first += perWindow) {
      int count = (int) Math.min(perWindow, reader.table().records() - first);
      failures.clear();
      fill(first, 0, count);
      for (int i = 0; i < count; i++) {
        deliver(first + i, i, visitor);
      }
    }
  }

  // Halves what cannot be read until single records are left: the healthy rest is not lost with
  // them.
  private void fill(long first, int from, int to) throws MediaException {
    try {
      window.limit(to * recordSize).position(from * recordSize);
      reader.readRaw(first + from, window);
    } catch (MediaException e) {
      e.localReason();
      if (to - from == 1) {
        failures.put(from, e);
      } else {
        int middle = (from + to) >>> 1;
        fill(first, from, middle);
        fill(first, middle, to);
      }
    }
  }

  private void deliver(long number, int index, Visitor visitor) throws MediaException {
    if (!isUsed(number, index)) {
      return;
    }
    Segment segment;
    try {
      segment = segment(number, index);
    } catch (MediaException e) {
      visitor.lost(number, e.localReason());
      return;
    }
    if (segment.isBase()) {
      visitor.file(reader.file(segment));
    }
  }

  private boolean isUsed(long number, int index) throws MediaException {
    boolean readable = !failures.containsKey(index) && Segment.isSigned(raw(index));
    return readable ? Segment.isInUse(raw(index)) : bitmap.isUsed(number);
  }

  private Segment segment(long number, int index) throws MediaException {
    MediaException failure = failures.get(index);
    if (failure != null) {
      return reader.mirrored(number, failure);
    }
    try {
      return Segment.read(number, raw(index));
    } catch (MediaException e) {
      return reader.mirrored(number, e);
    }
  }

  private ByteBuffer raw(int index) {
    window.clear();
    return window.slice(index * recordSize, recordSize).order(ByteOrder.LITTLE_ENDIAN);
  }
}
