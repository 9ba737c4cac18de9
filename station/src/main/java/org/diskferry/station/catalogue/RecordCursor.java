package org.diskferry.station.catalogue;

import java.io.IOException;

/// Records, one after the other. The arrays are the caller's to keep.
interface RecordCursor extends AutoCloseable {

  /// Goes to the next record; false when there is none.
  boolean advance() throws IOException;

  byte[] key();

  byte[] value();

  @Override
  void close() throws IOException;
}
