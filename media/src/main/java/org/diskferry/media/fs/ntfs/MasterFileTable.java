package org.diskferry.media.fs.ntfs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.block.Extent;
import org.diskferry.media.fs.Content;

/// Where the records lie. The table describes itself in its first record; where that is in many
/// pieces the description continues in records that the pieces known so far lead to.
///
/// @param boot the volume's geometry
/// @param volume as long as the volume claims to be
/// @param self the table's own file record
/// @param content runs of the table, without a gap from record 0 on
/// @param lost why later records are not known; empty where all are
record MasterFileTable(
    BootSector boot,
    BlockSource volume,
    FileRecord self,
    Content.Extents content,
    List<String> lost) {

  static final long NUMBER = 0;

  /// Each round finds the records that the round before made readable. Windows keeps them among the
  /// first 24, so one or two do.
  private static final int MOST_ROUNDS = 64;

  static MasterFileTable open(BootSector boot, BlockSource volume, Budget budget)
      throws MediaException {
    Content.Extents start =
        new Content.Extents(
            boot.recordSize(),
            List.of(new Extent(0, boot.tableCluster() * boot.clusterSize(), boot.recordSize())));
    MasterFileTable known =
        new MasterFileTable(
            boot, volume, new FileRecord(nothing(), List.of(), List.of()), start, List.of());
    for (int round = 0; round < MOST_ROUNDS; round++) {
      MasterFileTable next = known.grown(budget);
      if (next.records() <= known.records()) {
        return next;
      }
      known = next;
    }
    return known;
  }

  private static Segment nothing() {
    return new Segment(NUMBER, 0, true, false, FileReference.of(0), List.of());
  }

  private MasterFileTable grown(Budget budget) throws MediaException {
    RecordReader reader = new RecordReader(this, budget);
    FileRecord record = reader.file(reader.segment(NUMBER));
    List<String> reasons = new ArrayList<>();
    List<Run> runs = prefix(record, reasons);
    if (runs.isEmpty()) {
      throw MediaException.damaged("the master file table has no clusters");
    }
    Attribute.Mapped first = firstPart(record);
    long size = Math.min(first.size(), first.written());
    long mapped = runs.getLast().endVcn() * boot.clusterSize();
    if (size > mapped) {
      reasons.add(
          "the master file table is known up to record %d of %d; what the others describe is lost"
              .formatted(mapped / boot.recordSize(), size / boot.recordSize()));
    }
    long whole = Math.min(size, mapped) / boot.recordSize() * boot.recordSize();
    FileStream.Mapped stream = new FileStream.Mapped(0, 0, whole, whole, runs);
    return switch (new Clusters(boot, volume).content(stream)) {
      case Content.Extents extents when whole > 0 ->
          new MasterFileTable(boot, volume, record, extents, List.copyOf(reasons));
      case Content.Unreadable unreadable -> throw MediaException.damaged(unreadable.reason());
      case Content _ -> throw MediaException.damaged("the master file table is empty");
    };
  }

  private static Attribute.Mapped firstPart(FileRecord record) throws MediaException {
    for (Attribute attribute : record.attributes()) {
      if (attribute instanceof Attribute.Mapped mapped
          && attribute.is(Attribute.DATA, "")
          && mapped.firstVcn() == 0) {
        return mapped;
      }
    }
    throw MediaException.damaged("the master file table does not say where it begins");
  }

  // As many parts as follow each other from the first on: the rest may be found in a later round.
  private List<Run> prefix(FileRecord record, List<String> reasons) throws MediaException {
    MappingPairs mapping = new MappingPairs(boot.clusters());
    List<Run> runs = new ArrayList<>();
    mapping.decode(firstPart(record), runs);
    List<Attribute.Mapped> parts = new ArrayList<>();
    for (Attribute attribute : record.attributes()) {
      if (attribute instanceof Attribute.Mapped mapped && attribute.is(Attribute.DATA, "")) {
        parts.add(mapped);
      }
    }
    parts.sort(Comparator.comparingLong(Attribute.Mapped::firstVcn));
    for (Attribute.Mapped part : parts) {
      if (!runs.isEmpty() && part.firstVcn() == runs.getLast().endVcn()) {
        mapping.decode(part, runs);
      }
    }
    if (runs.stream().anyMatch(Run::isHole)) {
      throw MediaException.damaged("the master file table has a hole");
    }
    record.losses().forEach(loss -> reasons.add(loss.reason()));
    return runs;
  }

  /// Records that can be read, in use or not.
  long records() {
    return content.size() / boot.recordSize();
  }

  MappingPairs mapping() {
    return new MappingPairs(boot.clusters());
  }
}
