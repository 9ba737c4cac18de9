package org.diskferry.station.catalogue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Several sorted runs as one.
final class MergeCursor implements RecordCursor {
  private final List<RunCursor> open = new ArrayList<>();
  private final PriorityQueue<RunCursor> heads = new PriorityQueue<>(RunCursor::compare);
  private @Nullable RunCursor current;

  private MergeCursor() {}

  static MergeCursor over(List<Path> runs) throws IOException {
    MergeCursor merge = new MergeCursor();
    for (Path run : runs) {
      RunCursor cursor = new RunCursor(run);
      merge.open.add(cursor);
      merge.queue(cursor);
    }
    return merge;
  }

  private void queue(RunCursor cursor) throws IOException {
    if (cursor.advance()) {
      heads.add(cursor);
    }
  }

  @Override
  public boolean advance() throws IOException {
    if (current != null) {
      queue(current);
    }
    current = heads.poll();
    return current != null;
  }

  @Override
  public byte[] key() {
    return head().key();
  }

  @Override
  public byte[] value() {
    return head().value();
  }

  private RunCursor head() {
    if (current == null) {
      throw new IllegalStateException("no record");
    }
    return current;
  }

  @Override
  public void close() throws IOException {
    for (RunCursor cursor : open) {
      cursor.close();
    }
  }
}
