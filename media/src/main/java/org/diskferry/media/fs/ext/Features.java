package org.diskferry.media.fs.ext;

import java.util.ArrayList;
import java.util.List;
import org.diskferry.media.MediaException;

/// The features that a superblock names, bits that nobody knows included.
///
/// @param compatible a reader need not know these
/// @param incompatible a reader must know these
/// @param readOnlyCompatible a writer must know these
record Features(int compatible, int incompatible, int readOnlyCompatible) {
  // What ext2 and ext3 drivers allowed: whoever has more is called ext4.
  private static final int EXT3_INCOMPATIBLE =
      Feature.FILETYPE.bit() | Feature.NEEDS_RECOVERY.bit() | Feature.META_BG.bit();
  private static final int EXT3_READ_ONLY =
      Feature.SPARSE_SUPER.bit() | Feature.LARGE_FILE.bit() | Feature.BTREE_DIR.bit();

  boolean has(Feature feature) {
    return (bits(feature.kind()) & feature.bit()) != 0;
  }

  private int bits(Feature.Kind kind) {
    return switch (kind) {
      case COMPATIBLE -> compatible;
      case INCOMPATIBLE -> incompatible;
      case READ_ONLY_COMPATIBLE -> readOnlyCompatible;
    };
  }

  /// Throws `UNSUPPORTED`, naming every feature in the way.
  void refuseWhatIsNotUnderstood() throws MediaException {
    List<String> refused = new ArrayList<>();
    int unknown = incompatible;
    for (Feature feature : Feature.values()) {
      if (feature.kind() == Feature.Kind.INCOMPATIBLE) {
        unknown &= ~feature.bit();
        if (has(feature) && feature.reading() == Feature.Reading.REFUSED) {
          refused.add(feature.title());
        }
      }
    }
    if (unknown != 0) {
      refused.add("unknown incompatible features 0x%X".formatted(unknown));
    }
    if (!refused.isEmpty()) {
      throw MediaException.unsupported("it uses " + String.join(", ", refused));
    }
  }

  /// Bits of features that only writers have to know, and that are not known here; 0 for none.
  int unknownReadOnly() {
    int unknown = readOnlyCompatible;
    for (Feature feature : Feature.values()) {
      if (feature.kind() == Feature.Kind.READ_ONLY_COMPATIBLE) {
        unknown &= ~feature.bit();
      }
    }
    return unknown;
  }

  /// Whether descriptors of groups carry a checksum, and with it flags that can be believed.
  boolean hasGroupChecksums() {
    return has(Feature.GDT_CSUM) || has(Feature.METADATA_CSUM);
  }

  /// The name by which people know a volume with these.
  String format() {
    if ((incompatible & ~EXT3_INCOMPATIBLE) != 0 || (readOnlyCompatible & ~EXT3_READ_ONLY) != 0) {
      return "ext4";
    }
    return has(Feature.HAS_JOURNAL) ? "ext3" : "ext2";
  }
}
