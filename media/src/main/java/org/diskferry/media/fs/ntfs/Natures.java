package org.diskferry.media.fs.ntfs;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.Content;
import org.diskferry.media.fs.Node;

/// What a file record is to people: file, directory, link; and its content, if it can be had.
final class Natures {
  /// [MS-FSCC] 2.1.2: the most that a reparse point may hold.
  private static final int MOST_REPARSE_BYTES = 16 << 10;

  /// The longest path of the Interix subsystem in UTF-16, and its head.
  private static final int MOST_INTERIX_BYTES = 8 + 2 * 4096;

  private static final int OVERLAY_BYTES = 24;
  private static final int OVERLAY_OF_FILES = 2;

  /// `IntxLNK` and a 1, as a little-endian number; the others with a 0.
  private static final long INTERIX_LINK = 0x014B_4E4C_7874_6E49L;

  private static final long INTERIX_CHARACTER_DEVICE = 0x0052_4843_7874_6E49L;
  private static final long INTERIX_BLOCK_DEVICE = 0x004B_4C42_7874_6E49L;

  /// Where the content of a record is.
  sealed interface Storage {
    /// In its own stream.
    record Own() implements Storage {}

    /// Packed by CompactOS, in a stream beside.
    record Overlay(SystemCompression compression) implements Storage {}

    /// There, or elsewhere, and not to be had.
    record Nowhere(String hindrance) implements Storage {}
  }

  /// What a record is.
  ///
  /// @param kind as callers see it
  /// @param storage where its content is, for a file
  record Nature(Node.Kind kind, Storage storage) {
    Nature(Node.Kind kind) {
      this(kind, new Storage.Own());
    }

    Nature(Node.Kind kind, String hindrance) {
      this(kind, new Storage.Nowhere(hindrance));
    }

    boolean isOverlay() {
      return storage instanceof Storage.Overlay;
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
    ByteBuffer bytes;
    try {
      FileStream value = file.stream(Attribute.REPARSE_POINT, "", reader.table().mapping());
      bytes = reader.bytes(value, MOST_REPARSE_BYTES);
    } catch (MediaException e) {
      return new Nature(plain, "its reparse point: " + e.localReason());
    }
    if (bytes.remaining() < Integer.BYTES) {
      return new Nature(plain, "a reparse point of " + bytes.remaining() + " bytes");
    }
    int tag = bytes.getInt(0);
    return switch (ReparseTag.of(tag)) {
      case LINK -> new Nature(Node.Kind.LINK);
      case SPECIAL -> new Nature(file.isDirectory() ? plain : Node.Kind.SPECIAL);
      case CLOUD ->
          isElsewhere(file)
              ? new Nature(plain, "content is in the cloud, not on this disk")
              : new Nature(plain);
      case SYSTEM_COMPRESSED -> new Nature(plain, overlay(bytes));
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

  private static boolean isElsewhere(FileRecord file) {
    return file.standardInformation().filter(StandardInformation::isElsewhere).isPresent();
  }

  // Behind the head: 8 version 1, 12 provider, 16 the provider's version 1, 20 method.
  private static Storage overlay(ByteBuffer bytes) {
    if (bytes.remaining() < OVERLAY_BYTES) {
      return new Storage.Nowhere("compressed by Windows (CompactOS): it does not say how");
    }
    if (bytes.getInt(12) != OVERLAY_OF_FILES) {
      return new Storage.Nowhere(
          "content is in an image of Windows (WIM, provider %d), not in the file"
              .formatted(bytes.getInt(12)));
    }
    Optional<SystemCompression> compression = SystemCompression.of(bytes.getInt(20));
    return compression.isPresent()
        ? new Storage.Overlay(compression.get())
        : new Storage.Nowhere(
            "compressed by Windows (CompactOS) by method %d, which is not known; "
                    .formatted(bytes.getInt(20))
                + "`compact /u /exe` on the file makes it readable");
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
      return new Nature(Node.Kind.FILE, e.localReason());
    }
  }

  /// The stream that people call the file's content.
  FileStream content(FileRecord file) {
    return file.stream(Attribute.DATA, "", reader.table().mapping());
  }

  /// The stream that holds the bytes of `file`, which is of `nature`.
  FileStream stored(FileRecord file, Nature nature) {
    return nature.isOverlay() ? packed(file) : content(file);
  }

  private FileStream packed(FileRecord file) {
    return file.stream(Attribute.DATA, OverlayContent.STREAM, reader.table().mapping());
  }

  /// The content of `file`, which is of `nature`.
  Content readable(FileRecord file, Nature nature) {
    return switch (nature.storage()) {
      case Storage.Nowhere(String hindrance) -> new Content.Unreadable(hindrance);
      case Storage _ when isEncrypted(file) -> Clusters.encrypted();
      case Storage.Own _ -> clusters.content(content(file));
      case Storage.Overlay(SystemCompression compression) ->
          clusters.overlay(compression, content(file), packed(file));
    };
  }

  private static boolean isEncrypted(FileRecord file) {
    return file.standardInformation().filter(StandardInformation::isEncrypted).isPresent();
  }
}
