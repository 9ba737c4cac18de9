package org.diskferry.media.fs.exfat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.FileName;
import org.diskferry.media.fs.chain.Directory;
import org.diskferry.media.fs.chain.Item;
import org.diskferry.media.fs.chain.ItemSink;
import org.diskferry.media.fs.chain.RecordSink;
import org.diskferry.media.fs.chain.Storage;

/// From the entries of one directory to files and directories. A set whose checksum is wrong, that
/// breaks off, or that has an entry of a kind that is unknown and not benign is lost.
final class EntrySets implements RecordSink {
  /// The primary entry and as many as it can count.
  private static final int MOST_ENTRIES = 256;

  private final Directory directory;
  private final ItemSink sink;
  private final ByteBuffer set =
      ByteBuffer.allocate(MOST_ENTRIES * SIZE).order(ByteOrder.LITTLE_ENDIAN);
  private int missing;
  private long secondPosition;
  private int strays;

  EntrySets(Directory directory, ItemSink sink) {
    this.directory = directory;
    this.sink = sink;
  }

  @Override
  public boolean record(ByteBuffer piece, int at, long position) throws MediaException {
    int type = Byte.toUnsignedInt(piece.get(at));
    boolean isSecondary = EntryType.isInUse(type) && EntryType.isSecondary(type);
    if (missing > 0 && isSecondary) {
      secondPosition = set.position() == SIZE ? position : secondPosition;
      append(piece, at);
      missing--;
      finishIfWhole();
      return true;
    }
    breakOff();
    if (type == EntryType.END) {
      return false;
    }
    if (isSecondary) {
      strays++;
    } else if (EntryType.isInUse(type)) {
      primary(type, piece, at);
    }
    return true;
  }

  private void primary(int type, ByteBuffer piece, int at) throws MediaException {
    switch (type) {
      case EntryType.BITMAP, EntryType.UP_CASE_TABLE -> {
        if (directory.isRoot()) {
          sink.hidden(EntrySet.chained(piece, at));
        } else {
          sink.damage("an entry of kind %02X that belongs to the root".formatted(type));
        }
      }
      case EntryType.LABEL -> {}
      default -> {
        set.clear();
        append(piece, at);
        missing = Byte.toUnsignedInt(piece.get(at + 1));
        finishIfWhole();
      }
    }
  }

  private void append(ByteBuffer piece, int at) {
    set.put(set.position(), piece, at, SIZE);
    set.position(set.position() + SIZE);
  }

  private void finishIfWhole() throws MediaException {
    if (missing > 0) {
      return;
    }
    EntrySet whole = new EntrySet(set, set.position() / SIZE);
    int type = whole.type(0);
    if (type == EntryType.FILE) {
      file(whole);
    } else if (!EntryType.isBenign(type)) {
      sink.damage("an entry of kind %02X, which must be understood and is not".formatted(type));
    } else if (whole.hasRightChecksum()) {
      for (int entry = 0; entry < whole.count(); entry++) {
        hide(whole.storage(entry));
      }
    }
  }

  private void file(EntrySet whole) throws MediaException {
    String trouble = trouble(whole);
    if (!trouble.isEmpty()) {
      sink.damage("a file or directory is lost: " + trouble);
      return;
    }
    for (int entry = 2; entry < whole.count(); entry++) {
      if (EntryType.isBenign(whole.type(entry))) {
        hide(whole.storage(entry));
      }
    }
    sink.item(
        new Item(
            secondPosition / SIZE,
            FileName.ofUtf16(whole.name()),
            whole.isDirectory(),
            EntrySet.stream(set, SIZE),
            whole.modified()));
  }

  private static String trouble(EntrySet whole) {
    if (!whole.hasRightChecksum()) {
      return "the checksum of its entries is wrong";
    }
    if (whole.count() < 3 || whole.type(1) != EntryType.STREAM) {
      return "its second entry is not one of a stream";
    }
    int names = Math.ceilDiv(whole.nameLength(), EntrySet.NAME_UNITS);
    for (int entry = 2; entry < whole.count(); entry++) {
      int type = whole.type(entry);
      boolean isExpected = entry < 2 + names ? type == EntryType.NAME : EntryType.isBenign(type);
      if (!isExpected) {
        return "an entry of kind %02X in place %d".formatted(type, entry);
      }
    }
    return names == 0 || whole.count() < 2 + names
        ? "%d entries cannot hold a name of %d units".formatted(whole.count(), whole.nameLength())
        : "";
  }

  private void hide(Storage storage) throws MediaException {
    if (storage.size() != 0) {
      sink.hidden(storage);
    }
  }

  private void breakOff() throws MediaException {
    if (missing > 0) {
      missing = 0;
      sink.damage("a file or directory is lost: its entries break off");
    }
  }

  @Override
  public void lost(String reason) throws MediaException {
    missing = 0;
    sink.damage(reason);
  }

  @Override
  public void end() throws MediaException {
    breakOff();
    if (strays > 0) {
      sink.damage(strays + " entries of the directory belong to nothing");
    }
  }
}
