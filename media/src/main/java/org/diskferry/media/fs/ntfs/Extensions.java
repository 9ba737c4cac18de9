package org.diskferry.media.fs.ntfs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.diskferry.media.MediaException;

/// The records in which a file continues. Each is read once, however often the list names it, and
/// counts only where it says itself that it belongs to this file: so lists cannot lead in circles.
final class Extensions {
  private final RecordReader reader;
  private final Segment base;
  private final Map<Long, Segment> found = new HashMap<>();
  private final Map<Long, String> failures = new HashMap<>();

  Extensions(RecordReader reader, Segment base) {
    this.reader = reader;
    this.base = base;
    found.put(base.number(), base);
  }

  FileRecord follow(List<AttributeList.Entry> entries) throws MediaException {
    List<Attribute> attributes = new ArrayList<>(base.attributes());
    List<FileRecord.Loss> losses = new ArrayList<>();
    for (AttributeList.Entry entry : entries) {
      reader.budget().chargeStep();
      long holder = entry.holder().record();
      if (!found.containsKey(holder) && !failures.containsKey(holder)) {
        attributes.addAll(read(entry.holder()));
      }
      Segment segment = found.get(holder);
      if (segment == null || !holds(segment, entry)) {
        String reason = failures.getOrDefault(holder, absent(entry));
        losses.add(new FileRecord.Loss(entry.type(), entry.name(), reason));
      }
    }
    return new FileRecord(base, List.copyOf(attributes), List.copyOf(losses));
  }

  private List<Attribute> read(FileReference holder) throws MediaException {
    try {
      Segment extension = reader.segment(holder.record());
      checkOwner(extension, holder);
      found.put(holder.record(), extension);
      return extension.attributes();
    } catch (MediaException e) {
      failures.put(holder.record(), e.localReason());
      return List.of();
    }
  }

  private void checkOwner(Segment extension, FileReference holder) throws MediaException {
    FileReference owner = extension.base();
    if (extension.isBase()
        || !holder.means(extension.sequence())
        || owner.record() != base.number()
        || !owner.means(base.sequence())) {
      throw MediaException.damaged(
          "MFT record %d: its continuation in record %d belongs to record %d"
              .formatted(base.number(), holder.record(), owner.record()));
    }
  }

  private static boolean holds(Segment segment, AttributeList.Entry entry) {
    return segment.attributes().stream()
        .anyMatch(attribute ->
            attribute.is(entry.type(), entry.name()) && attribute.firstVcn() == entry.firstVcn());
  }

  private String absent(AttributeList.Entry entry) {
    return "MFT record %d: its list names an attribute of type %X in record %d, which has none"
        .formatted(base.number(), entry.type(), entry.holder().record());
  }
}
