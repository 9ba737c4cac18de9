package org.diskferry.media.fs.ext;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.BlockSource;

/// Finds the superblock: behind the boot block, or, where that one is damaged, at the start of
/// another group. The groups are looked for where volumes with the usual number of blocks a group
/// have them.
final class SuperblockSearch {
  private static final int SMALLEST_BLOCK = 1024;
  private static final int LARGEST_BLOCK = 1 << 16;

  /// Clusters of `bigalloc` have this many blocks unless told otherwise.
  private static final int USUAL_RATIO = 16;

  /// The first groups that have backups under `sparse_super`.
  private static final int[] BACKUP_GROUPS = {1, 3, 5, 7, 9, 25, 27, 49};

  /// What begins a volume of another kind: a backup behind it is a relic. Offset and bytes.
  private static final List<Mark> OTHERS =
      List.of(
          new Mark(510, "55aa"),
          new Mark(0, "58465342"),
          new Mark(0, "4c554b53"),
          new Mark(1024, "482b"),
          new Mark(1024, "4858"),
          new Mark(1024, "4244"),
          new Mark(1024, "1020f5f2"),
          new Mark(536, "4c564d32"),
          new Mark(32, "4e585342"));

  private record Mark(int offset, String hex) {
    boolean isIn(ByteBuffer head) {
      byte[] bytes = HexFormat.of().parseHex(hex);
      return head.slice(offset, bytes.length).equals(ByteBuffer.wrap(bytes));
    }
  }

  /// A superblock.
  ///
  /// @param layout that it describes
  /// @param remarks what is to be told of where it was found
  /// @param isPrimary whether it is the one that is kept up to date
  record Found(Layout layout, List<String> remarks, boolean isPrimary) {}

  private final BlockSource source;

  SuperblockSearch(BlockSource source) {
    this.source = source;
  }

  /// Whether there is a primary superblock, or a backup and nothing else begins the volume.
  boolean recognises() throws MediaException {
    if (source.size() < Superblock.OFFSET + Superblock.SIZE) {
      return false;
    }
    try {
      if (Superblock.looksRight(bytes(Superblock.OFFSET))) {
        return true;
      }
      ByteBuffer head = ByteBuffer.allocate(Superblock.OFFSET + Superblock.SIZE);
      source.read(0, head);
      if (OTHERS.stream().anyMatch(mark -> mark.isIn(head))) {
        return false;
      }
    } catch (MediaException e) {
      // The backups may be readable all the same.
      Groups.reasonUnlessFatal(e);
    }
    return !backups().isEmpty();
  }

  /// The best superblock that there is.
  ///
  /// @throws MediaException when there is none that can be believed
  Found find() throws MediaException {
    String reason;
    try {
      return new Found(read(Superblock.OFFSET), List.of(), true);
    } catch (MediaException e) {
      if (e.trouble() == Trouble.UNSUPPORTED) {
        throw e;
      }
      reason = Groups.reasonUnlessFatal(e);
    }
    for (Layout backup : backups()) {
      String remark =
          "%s; the backup of group %d is used".formatted(reason, backup.superblock().group());
      return new Found(backup, List.of(remark), false);
    }
    throw MediaException.damaged(reason + "; no backup of it was found");
  }

  private Layout read(long offset) throws MediaException {
    if (offset > source.size() - Superblock.SIZE) {
      throw MediaException.damaged("superblock: the medium ends before it");
    }
    Superblock superblock = Superblock.read(bytes(offset));
    if (superblock.features().has(Feature.JOURNAL_DEV)) {
      // It has no groups: its numbers would be called damaged.
      superblock.features().refuseWhatIsNotUnderstood();
    }
    Layout layout = Layout.of(superblock);
    layout.features().refuseWhatIsNotUnderstood();
    return layout;
  }

  private ByteBuffer bytes(long offset) throws MediaException {
    ByteBuffer bytes = ByteBuffer.allocate(Superblock.SIZE).order(ByteOrder.LITTLE_ENDIAN);
    source.read(offset, bytes);
    return bytes.clear();
  }

  // The first backup that holds, or none.
  private List<Layout> backups() throws MediaException {
    for (int blockSize = SMALLEST_BLOCK; blockSize <= LARGEST_BLOCK; blockSize *= 2) {
      for (int ratio : new int[] {1, USUAL_RATIO}) {
        for (long offset : places(blockSize, ratio)) {
          if (isBackup(offset, blockSize)) {
            return List.of(read(offset));
          }
        }
      }
    }
    return List.of();
  }

  private List<Long> places(int blockSize, int ratio) {
    long groupBytes = 8L * blockSize * blockSize * ratio;
    long first = blockSize == SMALLEST_BLOCK && ratio == 1 ? blockSize : 0;
    List<Long> places = new ArrayList<>();
    for (int group : BACKUP_GROUPS) {
      places.add(first + group * groupBytes);
    }
    // `sparse_super2` keeps one in the last group.
    long last = (source.size() - first - 1) / groupBytes;
    if (last > 0) {
      places.add(first + last * groupBytes);
    }
    places.removeIf(place -> place > source.size() - Superblock.SIZE);
    return places;
  }

  private boolean isBackup(long offset, int blockSize) throws MediaException {
    try {
      if (!Superblock.looksRight(bytes(offset))) {
        return false;
      }
      Layout layout = read(offset);
      long group = layout.superblock().group();
      return layout.geometry().blockSize() == blockSize
          && layout.geometry().groupStart(group) * blockSize == offset;
    } catch (MediaException e) {
      Groups.reasonUnlessFatal(e);
      return false;
    }
  }
}
