package org.diskferry.mkfs.plan;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.diskferry.mkfs.FilePath;

/// ext4 on paper: [ExtFormat] for what is there before the first file, then what `ExtFiller` does.
///
/// A directory's names are put into its last block, it grows by a quarter of its size and at most
/// 16 blocks at once, and room for an index is set aside for each that has two blocks.
final class ExtPlan implements VolumePlan {
  private static final int BLOCK = ExtFormat.BLOCK;

  /// Without the checksum.
  private static final int ROOM_OF_BLOCK = BLOCK - 12;

  /// `.` and `..`.
  private static final int FIRST_NAMES = 24;

  private static final int LOST_AND_FOUND = 20;
  private static final int MOST_GROWTH = 16;

  /// What the filler wants free beside a file: a block of its tree for so many blocks.
  private static final int BLOCKS_A_NODE = 340;

  /// Blocks of a run, and as the tree is reckoned: half as many, since groups begin with tables.
  private static final int BLOCKS_A_RUN = 16_384;

  /// Runs that an inode holds itself, and that a block of the tree does.
  private static final int RUNS_OF_INODE = 4;

  private static final int RUNS_OF_NODE = 340;

  private final ExtFormat format;
  private final long bytes;
  private final long keptBack;
  private final Map<List<String>, Directory> directories = new HashMap<>();
  private long entries;
  private long used;
  private long debt;

  /// Where the next name goes.
  private static final class Directory {
    private int blocks = 1;
    private int current = 1;
    private int filled = FIRST_NAMES;

    int growth() {
      return Math.min(MOST_GROWTH, 1 + blocks / 4);
    }

    /// Blocks that it grew by.
    int add(String name) {
      int room = 8 + Math.ceilDiv(name.getBytes(StandardCharsets.UTF_8).length, 4) * 4;
      if (filled + room <= ROOM_OF_BLOCK) {
        filled += room;
        return 0;
      }
      filled = room;
      current++;
      if (current <= blocks) {
        return 0;
      }
      int more = growth();
      blocks += more;
      return more;
    }
  }

  ExtPlan(long bytes) {
    this.bytes = bytes;
    format = new ExtFormat(bytes);
    keptBack = Math.ceilDiv(VolumePlan.keptBack(bytes), (long) BLOCK);
    Directory root = new Directory();
    root.filled += LOST_AND_FOUND;
    directories.put(List.of(), root);
  }

  @Override
  public boolean add(FilePath path, long size) {
    List<String> names = path.names();
    int known = names.size() - 1;
    while (!directories.containsKey(names.subList(0, known))) {
      known--;
    }
    long blocks = Math.ceilDiv(size, (long) BLOCK);
    int fresh = names.size() - 1 - known;
    Directory growing = directory(names, known);
    long wanted =
        blocks
            + blocks / BLOCKS_A_NODE
            + growing.growth()
            + debt(growing.blocks + growing.growth())
            + 2L * fresh;
    if (wanted > room(entries + fresh + 1)) {
      return false;
    }
    for (int depth = known; depth < names.size() - 1; depth++) {
      name(directory(names, depth), names.get(depth));
      directories.put(List.copyOf(names.subList(0, depth + 1)), new Directory());
      used++;
    }
    name(directory(names, names.size() - 1), names.getLast());
    used += blocks + nodes(blocks);
    return true;
  }

  private Directory directory(List<String> names, int depth) {
    Directory directory = directories.get(names.subList(0, depth));
    if (directory == null) {
      throw new IllegalStateException("no directory " + names.subList(0, depth));
    }
    return directory;
  }

  private void name(Directory directory, String name) {
    int before = debt(directory.blocks);
    used += directory.add(name);
    debt += debt(directory.blocks) - before;
    entries++;
  }

  private static int debt(int blocks) {
    return blocks < 2 ? 0 : 2 + blocks / 12;
  }

  private static long nodes(long blocks) {
    long runs = 2 + blocks / BLOCKS_A_RUN;
    return runs <= RUNS_OF_INODE ? 0 : 1 + Math.ceilDiv(runs, (long) RUNS_OF_NODE);
  }

  private long room(long files) {
    return format.free(files) - used - debt - keptBack;
  }

  @Override
  public long entries() {
    return entries;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public long free() {
    return room(entries) * BLOCK;
  }
}
