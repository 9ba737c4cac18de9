package org.diskferry.media.fs.fat;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.FileName;
import org.diskferry.media.fs.chain.Directory;
import org.diskferry.media.fs.chain.DosTime;
import org.diskferry.media.fs.chain.Item;
import org.diskferry.media.fs.chain.ItemSink;
import org.diskferry.media.fs.chain.RecordSink;
import org.diskferry.media.fs.chain.Storage;

/// From the records of one directory to files and directories.
///
/// An entry whose long name may have begun in sectors that cannot be read is not delivered under
/// its short name: nobody knows it by that.
final class DirectoryRecords implements RecordSink {
  private final Directory directory;
  private final FatDialect dialect;
  private final ItemSink sink;
  private final LongName longName = new LongName();
  private int passed;
  private int impossible;
  private boolean isNameInDoubt;

  DirectoryRecords(Directory directory, FatDialect dialect, ItemSink sink) {
    this.directory = directory;
    this.dialect = dialect;
    this.sink = sink;
  }

  @Override
  public boolean record(ByteBuffer piece, int at, long position) throws MediaException {
    Entry entry = new Entry(piece, at);
    int place = passed++;
    if (place < 2 && !directory.isRoot()) {
      return dots(entry, place + 1);
    }
    if (entry.isEnd()) {
      return false;
    }
    if (entry.isDeleted()) {
      noName();
    } else if (entry.isLongName()) {
      isNameInDoubt &= !LongName.begins(piece, at);
      longName.add(piece, at);
    } else {
      shortEntry(entry, position);
    }
    return true;
  }

  private void noName() {
    longName.clear();
    isNameInDoubt = false;
  }

  // What does not begin with itself is something else: its records would be noise.
  private boolean dots(Entry entry, int dots) throws MediaException {
    boolean isRight =
        entry.isDots(dots)
            && entry.isDirectory()
            && (dots > 1 || entry.firstCluster(dialect.width()) == directory.storage().first());
    if (!isRight) {
      sink.damage(
          "cluster %d: no directory of its own begins here".formatted(directory.storage().first()));
    }
    return isRight;
  }

  private void shortEntry(Entry entry, long position) throws MediaException {
    byte[] raw = entry.rawName();
    Optional<String> longer = longName.take(raw);
    boolean isDoubtful = isNameInDoubt;
    isNameInDoubt = false;
    if (entry.isImpossible() || entry.isDots(1) || entry.isDots(2)) {
      impossible++;
    } else if (!entry.isLabel()) {
      String name = longer.orElseGet(() -> dialect.names().name(raw, entry.caseBits()));
      if (isDoubtful) {
        sink.damage(
            "%s: its long name may have begun in what could not be read; it is not listed"
                .formatted(name));
      } else {
        item(entry, name, position);
      }
    }
  }

  private void item(Entry entry, String name, long position) throws MediaException {
    long first = entry.firstCluster(dialect.width());
    long size = entry.isDirectory() ? Storage.UNKNOWN : entry.size();
    sink.item(
        new Item(
            position / SIZE,
            FileName.ofUtf16(name),
            entry.isDirectory(),
            Storage.chained(first, size),
            DosTime.of(entry.date(), entry.time())));
  }

  @Override
  public void lost(String reason) throws MediaException {
    longName.clear();
    isNameInDoubt = true;
    // Where a sector in front of it is lost, a record is not one of the two dots.
    passed = Math.max(passed, 2);
    sink.damage(reason);
  }

  @Override
  public void end() throws MediaException {
    if (impossible > 0) {
      sink.damage(impossible + " entries of the directory are impossible, and left out");
    }
  }
}
