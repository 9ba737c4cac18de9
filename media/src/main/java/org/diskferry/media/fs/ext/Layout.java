package org.diskferry.media.fs.ext;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.LongStream;
import org.diskferry.media.MediaException;

/// Everything that the superblock settles: where things are and how they are checked.
///
/// @param superblock as it was read
/// @param geometry its sizes
/// @param checksums its checksums
/// @param hidden inodes beyond the reserved ones that users never see
/// @param changes what is not as the volume's own structures say
record Layout(
    Superblock superblock,
    Geometry geometry,
    Checksums checksums,
    Set<Long> hidden,
    FastChanges changes) {

  /// Backups of descriptors beyond these are not tried: what destroys that many leaves nothing.
  private static final int MOST_COPIES = 16;

  /// Groups that are asked whether they have one; with `sparse_super` 16 of these do.
  private static final int MOST_BACKUP_GROUPS = 20_000;

  static Layout of(Superblock superblock) throws MediaException {
    return new Layout(
        superblock,
        Geometry.of(superblock),
        Checksums.of(superblock),
        Set.copyOf(superblock.hiddenInodes()),
        new FastChanges());
  }

  /// The same with `changes`.
  Layout with(FastChanges changes) {
    return new Layout(superblock, geometry, checksums, hidden, changes);
  }

  Features features() {
    return superblock.features();
  }

  boolean has(Feature feature) {
    return superblock.features().has(feature);
  }

  /// Whether users never see inode `number`.
  boolean isHidden(long number) {
    return (number < superblock.firstInode() && number != Superblock.ROOT)
        || hidden.contains(number);
  }

  /// Whether group `group` begins with a copy of the superblock.
  boolean hasSuperblock(long group) {
    if (group == 0) {
      return true;
    }
    if (has(Feature.SPARSE_SUPER2)) {
      return group == superblock.backupGroup(0) || group == superblock.backupGroup(1);
    }
    return group == 1
        || !has(Feature.SPARSE_SUPER)
        || isPower(group, 3)
        || isPower(group, 5)
        || isPower(group, 7);
  }

  private static boolean isPower(long value, int base) {
    long power = base;
    while (power < value) {
      power *= base;
    }
    return power == value;
  }

  /// Block of the copy of the superblock in `group`, which has one. That of the first group lies
  /// behind the boot block even where blocks of 1,024 bytes are numbered from 0.
  long superblockOf(long group) {
    long start = geometry.groupStart(group);
    return start == 0 && geometry.blockSize() == Superblock.SIZE ? 1 : start;
  }

  /// Blocks that may hold descriptor block `index`: the current one first, then its backups.
  long[] descriptorCopies(int index) {
    return index >= superblock.firstMetaGroup() ? metaGroupCopies(index) : classicCopies(index);
  }

  private long[] metaGroupCopies(int index) {
    long first = (long) index * geometry.descriptorsPerBlock();
    return Arrays.stream(new long[] {first, first + 1, first + geometry.descriptorsPerBlock() - 1})
        .filter(group -> group < geometry.groups())
        .map(group -> superblockOf(group) + (hasSuperblock(group) ? 1 : 0))
        .distinct()
        .toArray();
  }

  private long[] classicCopies(int index) {
    long backups = Math.min(geometry.groups(), MOST_BACKUP_GROUPS);
    return LongStream.concat(
            LongStream.range(0, backups),
            LongStream.of(superblock.backupGroup(0), superblock.backupGroup(1))
                .filter(group -> group >= backups && has(Feature.SPARSE_SUPER2)))
        .filter(group -> group < geometry.groups() && hasSuperblock(group))
        .limit(MOST_COPIES)
        .map(group -> superblockOf(group) + 1 + index)
        .toArray();
  }

  /// Blocks at the start of `group` that hold superblock and descriptors, from [#superblockOf] on,
  /// or from the group's first block where it has no superblock.
  long headBlocks(int group) {
    long head = hasSuperblock(group) ? 1 : 0;
    int metaGroup = group / geometry.descriptorsPerBlock();
    if (metaGroup >= superblock.firstMetaGroup()) {
      int place = group % geometry.descriptorsPerBlock();
      boolean holds = place <= 1 || place == geometry.descriptorsPerBlock() - 1;
      return holds ? head + 1 : head;
    }
    if (head == 0) {
      return 0;
    }
    return has(Feature.META_BG)
        ? head + superblock.firstMetaGroup()
        : head + geometry.descriptorBlocks() + superblock.reservedDescriptorBlocks();
  }
}
