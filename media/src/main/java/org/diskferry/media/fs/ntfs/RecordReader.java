package org.diskferry.media.fs.ntfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.Content;
import org.diskferry.media.fs.ContentReader;

/// Reads records of the table one by one and puts files together from them, on one budget.
final class RecordReader {
  /// All implementations keep at least these in the mirror, and in step.
  private static final long MIRRORED = 4;

  private final MasterFileTable table;
  private final Budget budget;
  private final ContentReader records;

  RecordReader(MasterFileTable table, Budget budget) {
    this.table = table;
    this.budget = budget;
    this.records = new ContentReader(table.volume(), table.content());
  }

  MasterFileTable table() {
    return table;
  }

  Budget budget() {
    return budget;
  }

  /// Fills `target` with whole records from `first` on, as they lie on the volume.
  void readRaw(long first, ByteBuffer target) throws MediaException {
    budget.chargeRead(target.remaining());
    records.read(first * table.boot().recordSize(), target);
  }

  /// The segment in record `number` that is in use, from the mirror where the table's own is bad.
  Segment segment(long number) throws MediaException {
    Segment segment = any(number);
    if (!segment.inUse()) {
      throw MediaException.damaged("MFT record " + number + ": not in use");
    }
    return segment;
  }

  private Segment any(long number) throws MediaException {
    if (number < 0 || number >= table.records()) {
      throw MediaException.damaged(
          "MFT record " + number + ": the table ends at " + table.records());
    }
    ByteBuffer raw = buffer();
    try {
      readRaw(number, raw);
      return Segment.read(number, raw.flip());
    } catch (MediaException e) {
      e.localReason();
      return mirrored(number, e);
    }
  }

  /// The copy of a record that is bad for the reason `bad`; throws that where there is no copy.
  Segment mirrored(long number, MediaException bad) throws MediaException {
    BootSector boot = table.boot();
    if (number >= MIRRORED || !boot.hasMirror()) {
      throw bad;
    }
    ByteBuffer raw = buffer();
    budget.chargeRead(raw.remaining());
    try {
      long start = boot.mirrorCluster() * boot.clusterSize();
      table.volume().read(start + number * boot.recordSize(), raw);
      return Segment.read(number, raw.flip());
    } catch (MediaException e) {
      e.localReason();
      bad.addSuppressed(e);
      throw bad;
    }
  }

  private ByteBuffer buffer() {
    return ByteBuffer.allocate(table.boot().recordSize()).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// The file that `base` is the base record of, with what its attribute list leads to.
  FileRecord file(Segment base) throws MediaException {
    FileRecord alone = new FileRecord(base, base.attributes(), List.of());
    if (!alone.mentions(Attribute.ATTRIBUTE_LIST)) {
      return alone;
    }
    List<AttributeList.Entry> entries;
    try {
      FileStream list = alone.stream(Attribute.ATTRIBUTE_LIST, "", table.mapping());
      entries = AttributeList.read(bytes(list, AttributeList.MOST_BYTES));
    } catch (MediaException e) {
      String reason = "MFT record " + base.number() + ": " + e.localReason();
      return new FileRecord(
          base, base.attributes(), List.of(new FileRecord.Loss(FileRecord.Loss.ANY, "", reason)));
    }
    return new Extensions(this, base).follow(entries);
  }

  /// All bytes of a value that the file system itself keeps.
  ByteBuffer bytes(FileStream stream, int most) throws MediaException {
    ContentReader reader = reader(stream);
    if (reader.size() > most) {
      throw MediaException.damaged("a value of " + reader.size() + " bytes");
    }
    ByteBuffer all = ByteBuffer.allocate((int) reader.size()).order(ByteOrder.LITTLE_ENDIAN);
    budget.chargeRead(all.remaining());
    reader.read(0, all);
    return all.flip();
  }

  /// The first `most` bytes of a value, or all where it is shorter.
  ByteBuffer head(FileStream stream, int most) throws MediaException {
    ContentReader reader = reader(stream);
    int length = (int) Math.min(most, reader.size());
    ByteBuffer head = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    budget.chargeRead(length);
    reader.read(0, head);
    return head.flip();
  }

  /// For a value that is too large to be read at once.
  ContentReader reader(FileStream stream) throws MediaException {
    Content content = new Clusters(table.boot(), table.volume()).content(stream);
    if (content instanceof Content.Unreadable unreadable) {
      throw MediaException.damaged(unreadable.reason());
    }
    return new ContentReader(table.volume(), content);
  }
}
