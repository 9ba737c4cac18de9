package org.diskferry.mkfs.plan;

/// What `mke2fs` takes of a volume for itself, with the options that `ExtFormatter` gives. Names
/// are those of the kernel's documentation, "ext4 Data Structures and Algorithms"; how the numbers
/// are chosen is `ext2fs_initialize` of libext2fs 1.47.
///
/// | what | blocks |
/// |---|---|
/// | each group | two bitmaps and its table of inodes |
/// | groups 0, 1 and powers of 3, 5 and 7 | superblock and descriptors |
/// | journal | 1,024 to 262,144, by the size of the volume |
/// | `/` and `lost+found` | 1 and 4 |
final class ExtFormat {
  /// Bytes of a block.
  static final int BLOCK = 4096;

  private static final int BLOCKS_A_GROUP = 8 * BLOCK;
  private static final int INODE = 256;
  private static final int INODES_A_BLOCK = BLOCK / INODE;
  private static final int DESCRIPTOR = 64;

  /// A table of inodes has no more: a group's bitmap has not more bits.
  private static final long MOST_INODES_A_GROUP = 65_536 - INODES_A_BLOCK;

  /// A last group that has not that many blocks beside its own is left out.
  private static final int LEAST_GROUP = 50;

  private static final int DIRECTORIES = 5;

  private final long blocks;

  ExtFormat(long bytes) {
    this.blocks = bytes / BLOCK;
  }

  /// Blocks that are free on an empty volume that is made for `files` files; negative where it
  /// cannot be made at all.
  long free(long files) {
    long groups = Math.ceilDiv(blocks, (long) BLOCKS_A_GROUP);
    long inodes = files + files / 50 + 1024;
    long tables = Math.ceilDiv(Math.ceilDiv(inodes, Math.max(1, groups)), (long) INODES_A_BLOCK);
    if (groups == 0 || tables * INODES_A_BLOCK > MOST_INODES_A_GROUP) {
      return -1;
    }
    long last = blocks % BLOCKS_A_GROUP;
    if (last > 0 && last < own(groups - 1, tables) + LEAST_GROUP) {
      // Without it the others share its inodes.
      return new ExtFormat((blocks - last) * BLOCK).free(files);
    }
    return blocks - ownOfAll(groups, tables) - journal() - DIRECTORIES;
  }

  private long ownOfAll(long groups, long tables) {
    long supers = Math.min(groups, 2);
    for (long base : new long[] {3, 5, 7}) {
      for (long power = base; power < groups; power *= base) {
        supers++;
      }
    }
    return groups * (2 + tables) + supers * (1 + descriptors());
  }

  private long own(long group, long tables) {
    return 2 + tables + (hasSuper(group) ? 1 + descriptors() : 0);
  }

  private static boolean hasSuper(long group) {
    for (long base : new long[] {3, 5, 7}) {
      long power = base;
      while (power < group) {
        power *= base;
      }
      if (power == group) {
        return true;
      }
    }
    return group <= 1;
  }

  private long descriptors() {
    long groups = Math.ceilDiv(blocks, (long) BLOCKS_A_GROUP);
    return Math.ceilDiv(groups * DESCRIPTOR, (long) BLOCK);
  }

  private long journal() {
    if (blocks < 2048) {
      return 0;
    }
    if (blocks < 32_768) {
      return 1024;
    }
    if (blocks < 262_144) {
      return 4096;
    }
    if (blocks < 524_288) {
      return 8192;
    }
    if (blocks < 4_194_304) {
      return 16_384;
    }
    if (blocks < 8_388_608) {
      return 32_768;
    }
    if (blocks < 16_777_216) {
      return 65_536;
    }
    // Of the largest, the runs take a block.
    return blocks < 33_554_432 ? 131_072 : 262_145;
  }
}
