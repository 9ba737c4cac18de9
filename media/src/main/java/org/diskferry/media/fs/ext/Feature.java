package org.diskferry.media.fs.ext;

import static org.diskferry.media.fs.ext.Feature.Kind.COMPATIBLE;
import static org.diskferry.media.fs.ext.Feature.Kind.INCOMPATIBLE;
import static org.diskferry.media.fs.ext.Feature.Kind.READ_ONLY_COMPATIBLE;
import static org.diskferry.media.fs.ext.Feature.Reading.HARMLESS;
import static org.diskferry.media.fs.ext.Feature.Reading.REFUSED;
import static org.diskferry.media.fs.ext.Feature.Reading.UNDERSTOOD;

/// A feature that a superblock can name, by the name that `dumpe2fs` prints, and what it means for
/// reading.
enum Feature {
  DIR_PREALLOC("dir_prealloc", COMPATIBLE, 0x1, HARMLESS),
  IMAGIC_INODES("imagic_inodes", COMPATIBLE, 0x2, HARMLESS),
  HAS_JOURNAL("has_journal", COMPATIBLE, 0x4, UNDERSTOOD),
  EXT_ATTR("ext_attr", COMPATIBLE, 0x8, UNDERSTOOD),
  RESIZE_INODE("resize_inode", COMPATIBLE, 0x10, UNDERSTOOD),
  DIR_INDEX("dir_index", COMPATIBLE, 0x20, UNDERSTOOD),
  LAZY_BG("lazy_bg", COMPATIBLE, 0x40, HARMLESS),
  EXCLUDE_BITMAP("snapshot_bitmap", COMPATIBLE, 0x100, HARMLESS),
  SPARSE_SUPER2("sparse_super2", COMPATIBLE, 0x200, UNDERSTOOD),
  FAST_COMMIT("fast_commit", COMPATIBLE, 0x400, UNDERSTOOD),
  STABLE_INODES("stable_inodes", COMPATIBLE, 0x800, HARMLESS),
  ORPHAN_FILE("orphan_file", COMPATIBLE, 0x1000, UNDERSTOOD),

  COMPRESSION("compression", INCOMPATIBLE, 0x1, REFUSED),
  FILETYPE("filetype", INCOMPATIBLE, 0x2, UNDERSTOOD),
  NEEDS_RECOVERY("needs_recovery", INCOMPATIBLE, 0x4, UNDERSTOOD),
  JOURNAL_DEV("journal_dev", INCOMPATIBLE, 0x8, REFUSED),
  META_BG("meta_bg", INCOMPATIBLE, 0x10, UNDERSTOOD),
  EXTENTS("extent", INCOMPATIBLE, 0x40, UNDERSTOOD),
  WIDE("64bit", INCOMPATIBLE, 0x80, UNDERSTOOD),
  MMP("mmp", INCOMPATIBLE, 0x100, UNDERSTOOD),
  FLEX_BG("flex_bg", INCOMPATIBLE, 0x200, UNDERSTOOD),
  EA_INODE("ea_inode", INCOMPATIBLE, 0x400, UNDERSTOOD),
  DIRDATA("dirdata", INCOMPATIBLE, 0x1000, REFUSED),
  CSUM_SEED("metadata_csum_seed", INCOMPATIBLE, 0x2000, UNDERSTOOD),
  LARGE_DIR("large_dir", INCOMPATIBLE, 0x4000, UNDERSTOOD),
  INLINE_DATA("inline_data", INCOMPATIBLE, 0x8000, UNDERSTOOD),
  ENCRYPT("encrypt", INCOMPATIBLE, 0x1_0000, UNDERSTOOD),
  CASEFOLD("casefold", INCOMPATIBLE, 0x2_0000, UNDERSTOOD),

  SPARSE_SUPER("sparse_super", READ_ONLY_COMPATIBLE, 0x1, UNDERSTOOD),
  LARGE_FILE("large_file", READ_ONLY_COMPATIBLE, 0x2, UNDERSTOOD),
  BTREE_DIR("btree_dir", READ_ONLY_COMPATIBLE, 0x4, HARMLESS),
  HUGE_FILE("huge_file", READ_ONLY_COMPATIBLE, 0x8, UNDERSTOOD),
  GDT_CSUM("uninit_bg", READ_ONLY_COMPATIBLE, 0x10, UNDERSTOOD),
  DIR_NLINK("dir_nlink", READ_ONLY_COMPATIBLE, 0x20, HARMLESS),
  EXTRA_ISIZE("extra_isize", READ_ONLY_COMPATIBLE, 0x40, UNDERSTOOD),
  HAS_SNAPSHOT("has_snapshot", READ_ONLY_COMPATIBLE, 0x80, HARMLESS),
  QUOTA("quota", READ_ONLY_COMPATIBLE, 0x100, UNDERSTOOD),
  BIGALLOC("bigalloc", READ_ONLY_COMPATIBLE, 0x200, UNDERSTOOD),
  METADATA_CSUM("metadata_csum", READ_ONLY_COMPATIBLE, 0x400, UNDERSTOOD),
  REPLICA("replica", READ_ONLY_COMPATIBLE, 0x800, HARMLESS),
  READ_ONLY("read-only", READ_ONLY_COMPATIBLE, 0x1000, HARMLESS),
  PROJECT("project", READ_ONLY_COMPATIBLE, 0x2000, UNDERSTOOD),
  SHARED_BLOCKS("shared_blocks", READ_ONLY_COMPATIBLE, 0x4000, UNDERSTOOD),
  VERITY("verity", READ_ONLY_COMPATIBLE, 0x8000, UNDERSTOOD),
  ORPHAN_PRESENT("orphan_present", READ_ONLY_COMPATIBLE, 0x1_0000, UNDERSTOOD);

  /// What a reader owes to a feature of a set that it does not know.
  enum Kind {
    /// Nothing.
    COMPATIBLE,
    /// To keep its hands off the volume.
    INCOMPATIBLE,
    /// Not to write.
    READ_ONLY_COMPATIBLE
  }

  /// What this parser makes of a feature.
  enum Reading {
    /// It changes what is read, and is followed.
    UNDERSTOOD,
    /// It changes nothing for a reader.
    HARMLESS,
    /// It changes what is read, and is not followed.
    REFUSED
  }

  private final String title;
  private final Kind kind;
  private final int bit;
  private final Reading reading;

  Feature(String title, Kind kind, int bit, Reading reading) {
    this.title = title;
    this.kind = kind;
    this.bit = bit;
    this.reading = reading;
  }

  String title() {
    return title;
  }

  Kind kind() {
    return kind;
  }

  int bit() {
    return bit;
  }

  Reading reading() {
    return reading;
  }
}
