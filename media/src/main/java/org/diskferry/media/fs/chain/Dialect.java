package org.diskferry.media.fs.chain;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.diskferry.media.MediaException;

/// What is different from one format to the other.
public interface Dialect {
  /// Reads the records of `directory`.
  RecordSink records(Directory directory, ItemSink sink);

  /// Where a file's bytes are, from the record that its id names; empty where that is no file's.
  Optional<Storage> file(ByteBuffer record);

  /// The volume's map of used clusters.
  AllocationMap map(MapSources sources) throws MediaException;
}
