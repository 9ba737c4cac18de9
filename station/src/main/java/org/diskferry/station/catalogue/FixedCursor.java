package org.diskferry.station.catalogue;

import java.io.IOException;
import java.nio.ByteBuffer;

/// The records of a [FixedFile] from the first to the last. One thread at a time.
final class FixedCursor {
  private final FixedFile file;
  private final int recordBytes;
  private final int stride;
  private ByteBuffer page = ByteBuffer.allocate(0);
  private long next;

  FixedCursor(FixedFile file, int recordBytes, int stride) {
    this.file = file;
    this.recordBytes = recordBytes;
    this.stride = stride;
  }

  boolean hasNext() {
    return next < file.records();
  }

  ByteBuffer next() throws IOException {
    if (!page.hasRemaining()) {
      page = file.range(next, stride);
    }
    ByteBuffer record = page.slice(page.position(), recordBytes);
    page.position(page.position() + recordBytes);
    next++;
    return record;
  }
}
