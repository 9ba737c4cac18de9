package org.diskferry.media.fs.exfat;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.chain.AllocationMap;
import org.diskferry.media.fs.chain.Dialect;
import org.diskferry.media.fs.chain.Directory;
import org.diskferry.media.fs.chain.ItemSink;
import org.diskferry.media.fs.chain.MapSources;
import org.diskferry.media.fs.chain.RecordSink;
import org.diskferry.media.fs.chain.Storage;

/// exFAT: sets of entries, and a map of used clusters of its own. A file is known by its stream
/// entry.
record ExfatDialect(RootEntries root) implements Dialect {
  @Override
  public RecordSink records(Directory directory, ItemSink sink) {
    return new EntrySets(directory, sink);
  }

  @Override
  public Optional<Storage> file(ByteBuffer record) {
    return Byte.toUnsignedInt(record.get(0)) == EntryType.STREAM
        ? Optional.of(EntrySet.stream(record, 0))
        : Optional.empty();
  }

  @Override
  public AllocationMap map(MapSources sources) throws MediaException {
    return sources.bits(
        root.map()
            .orElseThrow(
                () -> MediaException.damaged("the root directory names no map of clusters")));
  }
}
