package org.diskferry.media.fs.hfsplus;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.Node;

/// What the catalogue says of one thing: TN1150, "Catalog Folder Records" and the following.
sealed interface CatalogRecord {

  /// CNID of what it describes.
  long cnid();

  /// A folder.
  ///
  /// @param valence how many files and folders are in it
  record Folder(long cnid, long valence, Instant modified) implements CatalogRecord {
    private static final int LENGTH = 88;
  }

  /// A file, or a name of one.
  ///
  /// | offset | bytes | field |
  /// |---|---|---|
  /// | 2 | 2 | flags |
  /// | 8 | 4 | CNID |
  /// | 16 | 4 | content modified |
  /// | 41 | 1 | owner's flags |
  /// | 42 | 2 | mode, as POSIX has it; 0 where an old system wrote it |
  /// | 44 | 4 | number of the linked file |
  /// | 48 | 4, 4 | type and creator |
  /// | 88, 168 | 80 | data and resource fork |
  record File(
      long cnid,
      int flags,
      Instant modified,
      int ownerFlags,
      int mode,
      long linkNumber,
      int type,
      int creator,
      Fork data,
      Fork resource)
      implements CatalogRecord {
    private static final int LENGTH = 248;
    private static final int HAS_ATTRIBUTES = 0x04;
    private static final int HAS_LINK_CHAIN = 0x20;
    private static final int COMPRESSED = 0x20;
    private static final int HARD_LINK = 0x686C_6E6B; // hlnk
    private static final int HFS_PLUS = 0x6866_732B; // hfs+
    private static final int SYMBOLIC_LINK = 0x736C_6E6B; // slnk
    private static final int RHAPSODY = 0x7268_6170; // rhap
    private static final int FOLDER_ALIAS = 0x6664_7270; // fdrp
    private static final int MACINTOSH = 0x4D41_4353; // MACS

    /// Whether it is only a name of a file that the private folder holds.
    boolean isHardLink() {
      return type == HARD_LINK && creator == HFS_PLUS && data.size() == 0;
    }

    /// Whether it is only a name of a folder; an alias of the Finder's has no chain.
    boolean isFolderLink() {
      return type == FOLDER_ALIAS && creator == MACINTOSH && (flags & HAS_LINK_CHAIN) != 0;
    }

    /// Whether it may be compressed: the attributes tell.
    boolean mayBeCompressed() {
      return isMarkedCompressed() || ((flags & HAS_ATTRIBUTES) != 0 && data.size() == 0);
    }

    boolean isMarkedCompressed() {
      return (ownerFlags & COMPRESSED) != 0;
    }

    Node.Kind kind() {
      return switch (mode & 0xF000) {
        case 0xA000 -> Node.Kind.LINK;
        case 0x1000, 0x2000, 0x6000, 0xC000, 0xE000 -> Node.Kind.SPECIAL;
        case 0 -> kindByType();
        default -> Node.Kind.FILE;
      };
    }

    private Node.Kind kindByType() {
      boolean isLink = type == SYMBOLIC_LINK && creator == RHAPSODY;
      return isLink ? Node.Kind.LINK : Node.Kind.FILE;
    }
  }

  /// The way back from a CNID to its name: what TN1150 calls a thread.
  ///
  /// @param cnid of the thing
  record Clue(long cnid, boolean isFolder, long parent, String name) implements CatalogRecord {
    private static final int NAME = 10;
  }

  /// The record that `value` holds under `key`.
  static CatalogRecord read(CatalogKey key, ByteBuffer value) throws MediaException {
    int kind = value.capacity() < 2 ? 0 : Fields.u16(value, 0);
    return switch (kind) {
      case 1 -> folder(checked(value, Folder.LENGTH));
      case 2 -> file(checked(value, File.LENGTH));
      case 3, 4 -> thread(key, kind == 3, checked(value, Clue.NAME));
      default -> throw MediaException.damaged("a record of kind " + kind);
    };
  }

  /// Bytes of the record that begins at byte `at` of a leaf, its key included: as long as its kind
  /// and its name make it.
  static int lengthAt(NodeBytes leaf, int at) throws MediaException {
    leaf.check(at, at + 2);
    int value = at + 2 + Fields.u16(leaf.bytes(), at);
    value += value % 2;
    leaf.check(value, value + 2);
    int kind = Fields.u16(leaf.bytes(), value);
    int length =
        switch (kind) {
          case 1 -> Folder.LENGTH;
          case 2 -> File.LENGTH;
          case 3, 4 -> {
            leaf.check(value, value + Clue.NAME);
            yield Clue.NAME + 2 * Fields.u16(leaf.bytes(), value + 8);
          }
          default -> throw MediaException.damaged("a record of kind " + kind);
        };
    return value + length - at;
  }

  private static ByteBuffer checked(ByteBuffer value, int length) throws MediaException {
    if (value.capacity() < length) {
      throw MediaException.damaged("a record of " + value.capacity() + " bytes");
    }
    return value;
  }

  private static Folder folder(ByteBuffer value) {
    return new Folder(Fields.u32(value, 8), Fields.u32(value, 4), Times.instant(value.getInt(16)));
  }

  private static File file(ByteBuffer value) {
    return new File(
        Fields.u32(value, 8),
        Fields.u16(value, 2),
        Times.instant(value.getInt(16)),
        Fields.u8(value, 41),
        Fields.u16(value, 42),
        Fields.u32(value, 44),
        value.getInt(48),
        value.getInt(52),
        Fork.read(value, 88),
        Fork.read(value, 168));
  }

  private static Clue thread(CatalogKey key, boolean isFolder, ByteBuffer value)
      throws MediaException {
    int length = Fields.u16(value, 8);
    if (Clue.NAME + 2 * length > value.capacity()) {
      throw MediaException.damaged("a thread with a name of " + length + " units");
    }
    String name = Fields.units(value, Clue.NAME, length);
    return new Clue(key.parent(), isFolder, Fields.u32(value, 4), name);
  }
}
