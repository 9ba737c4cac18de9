package org.diskferry.media.fs.ntfs;

import java.nio.ByteBuffer;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.Content;
import org.diskferry.media.fs.Node;

/// What a file record is to people: file, directory, link; and its content, if it can be had.
final class Natures {
  /// [MS-FSCC] 2.1.2: the most that a reparse point may hold.
  private static final int MOST_REPARSE_BYTES = 16 << 10;

  /// The longest path of the Interix subsystem in UTF-16, and its head.
  private static final int MOST_INTERIX_BYTES = 8 + 2 * 4096;

  /// `IntxLNK` and a 1, as a little-endian number; the others with a 0.
  private static final long INTERIX_LINK = 0x014B_4E4C_7874_6E49L;

  private static final long INTERIX_CHARACTER_DEVICE = 0x0052_4843_7874_6E49L;
  private static final long INTERIX_BLOCK_DEVICE = 0x004B_4C42_7874_6E49L;

  /// What a record is.
  ///
  /// @param kind as callers see it
  /// @param hindrance why its content cannot be had though it is there; empty where it can
  record Nature(Node.Kind kind, String hindrance) {
    Nature(Node.Kind kind) {
      this(kind, "");
    }
  }

  private final RecordReader reader;
  private final Clusters clusters;

  /// @param clusters over the real medium, for content that is handed out
  Natures(RecordReader reader, Clusters clusters) {
    this.reader = reader;
    this.clusters = clusters;
  }

  Nature nature(FileRecord file) throws MediaException {
    if (file.mentions(Attribute.REPARSE_POINT)) {
      return reparsePoint(file);
    }
    if (file.isDirectory()) {
      return new Nature(Node.Kind.DIRECTORY);
    }
    return isSystem(file) ? interix(file) : new Nature(Node.Kind.FILE);
  }

  private static boolean isSystem(FileRecord file) {
    return file.standardInformation().filter(StandardInformation::isSystem).isPresent();
  }

  private Nature reparsePoint(FileRecord file) throws MediaException {
    Node.Kind plain = file.isDirectory() ? Node.Kind.DIRECTORY : Node.Kind.FILE;
    int tag;
    try {
      FileStream value = file.stream(Attribute.REPARSE_POINT, "", reader.table().mapping());
      ByteBuffer bytes = reader.bytes(value, MOST_REPARSE_BYTES);
      if (bytes.remaining() < 4) {
        return new Nature(plain, "a reparse point of " + bytes.remaining() + " bytes");
      }
      tag = bytes.getInt(0);
    } catch (MediaException e) {
      return new Nature(plain, "its reparse point: " + Troubles.localReason(e));
    }
    return switch (ReparseTag.of(tag)) {
      case LINK -> new Nature(Node.Kind.LINK);
      case SPECIAL -> new Nature(file.isDirectory() ? plain : Node.Kind.SPECIAL);
      case CLOUD -> new Nature(plain, cloudHindrance(file));
      case SYSTEM_COMPRESSED ->
          new Nature(
              plain,
              "compressed by Windows (CompactOS, WOF), which is not supported; "
                  + "`compact /u /exe` on the file makes it readable");
      case DEDUPLICATED ->
          new Nature(
              plain,
              "deduplicated by Windows Server, which is not supported; "
                  + "copy it to a volume without deduplication");
      case UNKNOWN ->
          new Nature(
              plain,
              "a reparse point of type %08X: only the program that made it knows its content"
                  .formatted(tag));
    };
  }

  private static String cloudHindrance(FileRecord file) {
    boolean elsewhere =
        file.standardInformation().filter(StandardInformation::isElsewhere).isPresent();
    return elsewhere ? "content is in the cloud, not on this disk" : "";
  }

  // Links and devices as the Interix subsystem and ntfs-3g write them: system files with a mark.
  private Nature interix(FileRecord file) throws MediaException {
    FileStream data = content(file);
    boolean small =
        switch (data) {
          case FileStream.Resident _ -> true;
          case FileStream.Mapped mapped -> mapped.size() <= MOST_INTERIX_BYTES;
          case FileStream.Broken _, FileStream.Absent _ -> false;
        };
    return small ? interix(data) : new Nature(Node.Kind.FILE);
  }

  private Nature interix(FileStream data) throws MediaException {
    try {
      ByteBuffer bytes = reader.bytes(data, MOST_INTERIX_BYTES);
      long mark = bytes.remaining() < Long.BYTES ? 0 : bytes.getLong(0);
      if (mark == INTERIX_LINK) {
        return new Nature(Node.Kind.LINK);
      }
      boolean device = mark == INTERIX_CHARACTER_DEVICE || mark == INTERIX_BLOCK_DEVICE;
      return new Nature(device ? Node.Kind.SPECIAL : Node.Kind.FILE);
    } catch (MediaException e) {
      return new Nature(Node.Kind.FILE, Troubles.localReason(e));
    }
  }

  /// The stream that people call the file's content.
  FileStream content(FileRecord file) {
    return file.stream(Attribute.DATA, "", reader.table().mapping());
  }

  /// The content of `file`, which is of `nature`.
  Content readable(FileRecord file, Nature nature) {
    if (!nature.hindrance().isEmpty()) {
      return new Content.Unreadable(nature.hindrance());
    }
    if (file.standardInformation().filter(StandardInformation::isEncrypted).isPresent()) {
      return Clusters.encrypted();
    }
    return clusters.content(content(file));
  }
}
