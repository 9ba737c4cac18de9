package org.diskferry.media.fs.fat;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.chain.AllocationMap;
import org.diskferry.media.fs.chain.Dialect;
import org.diskferry.media.fs.chain.Directory;
import org.diskferry.media.fs.chain.EntryWidth;
import org.diskferry.media.fs.chain.ItemSink;
import org.diskferry.media.fs.chain.MapSources;
import org.diskferry.media.fs.chain.RecordSink;
import org.diskferry.media.fs.chain.Storage;

/// FAT: short entries with long names in front, and a table that is the map of used clusters, too.
record FatDialect(EntryWidth width, ShortNames names) implements Dialect {
  @Override
  public RecordSink records(Directory directory, ItemSink sink) {
    return new DirectoryRecords(directory, this, sink);
  }

  @Override
  public Optional<Storage> file(ByteBuffer record) {
    Entry entry = new Entry(record, 0);
    boolean isFile =
        !entry.isEnd()
            && !entry.isDeleted()
            && !entry.isLongName()
            && !entry.isLabel()
            && !entry.isDirectory();
    return isFile
        ? Optional.of(Storage.chained(entry.firstCluster(width), entry.size()))
        : Optional.empty();
  }

  @Override
  public AllocationMap map(MapSources sources) throws MediaException {
    return sources.table();
  }
}
