package org.diskferry.media.fs.ntfs;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.diskferry.media.MediaException;

/// A file or directory: its base record together with all its extensions.
///
/// @param base the record by which it is known
/// @param attributes of all its records
/// @param losses parts that its attribute list names and that could not be had
record FileRecord(Segment base, List<Attribute> attributes, List<Loss> losses) {

  /// A part that is missing.
  ///
  /// @param type of the attribute; 0 where it could be any
  /// @param name of the attribute
  /// @param reason for the customer
  record Loss(int type, String name, String reason) {
    /// What was lost could be of any type.
    static final int ANY = 0;

    boolean concerns(int otherType, String otherName) {
      return type == ANY || (type == otherType && name.equals(otherName));
    }
  }

  long number() {
    return base.number();
  }

  boolean isDirectory() {
    return base.directory();
  }

  /// The reference by which others mean this use of the record.
  FileReference reference() {
    return new FileReference(base.number(), base.sequence());
  }

  Optional<StandardInformation> standardInformation() {
    return residentValue(Attribute.STANDARD_INFORMATION).flatMap(StandardInformation::read);
  }

  /// The value of the first resident attribute of `type`.
  Optional<ByteBuffer> residentValue(int type) {
    for (Attribute attribute : attributes) {
      if (attribute instanceof Attribute.Resident resident && attribute.key().type() == type) {
        return Optional.of(resident.value());
      }
    }
    return Optional.empty();
  }

  /// Whether there is an attribute of `type`, or was one that is lost.
  boolean mentions(int type) {
    for (Attribute attribute : attributes) {
      if (attribute.key().type() == type) {
        return true;
      }
    }
    for (Loss loss : losses) {
      if (loss.type() == type) {
        return true;
      }
    }
    return false;
  }

  /// The names by which people know it: without the short names of DOS, unless there is no other.
  List<FileNameAttribute> names() throws MediaException {
    List<FileNameAttribute> all = new ArrayList<>();
    for (Attribute attribute : attributes) {
      if (attribute instanceof Attribute.Resident resident
          && attribute.key().type() == Attribute.FILE_NAME) {
        all.add(FileNameAttribute.read(resident.value(), "MFT record " + number()));
      }
    }
    if (all.size() == 1) {
      return all;
    }
    List<FileNameAttribute> people = all.stream().filter(name -> !name.isDosOnly()).toList();
    return (people.isEmpty() ? all : people).stream().distinct().toList();
  }

  /// Names of the streams beside the content, each once, in order.
  List<String> streamNames() {
    List<String> names = new ArrayList<>();
    for (Attribute attribute : attributes) {
      Attribute.Key key = attribute.key();
      if (key.type() == Attribute.DATA && !key.name().isEmpty()) {
        names.add(key.name());
      }
    }
    return names.size() < 2 ? names : names.stream().distinct().toList();
  }

  /// The value of `type` and `name`, all its parts put together.
  FileStream stream(int type, String name, MappingPairs mapping) {
    List<Attribute> parts = parts(type, name);
    for (Loss loss : losses) {
      if (loss.concerns(type, name)) {
        return new FileStream.Broken(sizeOf(parts), loss.reason());
      }
    }
    return parts.isEmpty() ? new FileStream.Absent() : joined(parts, mapping);
  }

  // By a loop: every file of a disk passes here several times.
  private List<Attribute> parts(int type, String name) {
    List<Attribute> parts = new ArrayList<>(1);
    for (Attribute attribute : attributes) {
      if (attribute.is(type, name)) {
        parts.add(attribute);
      }
    }
    if (parts.size() > 1) {
      parts.sort(Comparator.comparingLong(Attribute::firstVcn));
    }
    return parts;
  }

  private FileStream joined(List<Attribute> parts, MappingPairs mapping) {
    if (parts.size() == 1 && parts.getFirst() instanceof Attribute.Resident resident) {
      return new FileStream.Resident(resident.key().flags(), resident.value());
    }
    try {
      List<Run> runs = new ArrayList<>();
      for (Attribute part : parts) {
        append(part, runs, mapping);
      }
      Attribute.Mapped first = (Attribute.Mapped) parts.getFirst();
      checkSizes(first);
      return new FileStream.Mapped(
          first.key().flags(),
          first.unitShift(),
          first.size(),
          Math.min(first.written(), first.size()),
          List.copyOf(runs));
    } catch (MediaException e) {
      return new FileStream.Broken(sizeOf(parts), "MFT record " + number() + ": " + e.getMessage());
    }
  }

  private static void append(Attribute part, List<Run> runs, MappingPairs mapping)
      throws MediaException {
    if (!(part instanceof Attribute.Mapped mapped)) {
      throw MediaException.damaged("both in the record and in clusters");
    }
    long end = runs.isEmpty() ? 0 : runs.getLast().endVcn();
    if (mapped.firstVcn() != end) {
      throw MediaException.damaged(
          "runs continue at cluster " + mapped.firstVcn() + " of the file and not at " + end);
    }
    mapping.decode(mapped, runs);
  }

  private static void checkSizes(Attribute.Mapped first) throws MediaException {
    if (first.size() < 0 || first.written() < 0) {
      throw MediaException.damaged(
          "sizes of " + first.size() + " and " + first.written() + " bytes");
    }
  }

  private static long sizeOf(List<Attribute> parts) {
    if (parts.isEmpty() || parts.getFirst().firstVcn() != 0) {
      return 0;
    }
    return switch (parts.getFirst()) {
      case Attribute.Resident resident -> resident.value().limit();
      case Attribute.Mapped mapped -> Math.max(0, mapped.size());
    };
  }
}
