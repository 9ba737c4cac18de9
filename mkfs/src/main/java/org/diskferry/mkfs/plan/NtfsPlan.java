package org.diskferry.mkfs.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.diskferry.mkfs.FilePath;

/// NTFS on paper: what `mkntfs` takes, then what libntfs-3g does for each file. Sizes were measured
/// on volumes of version 2022.10.3.
///
/// | what | bytes |
/// |---|---|
/// | log | 2 MiB up to 200 MiB of volume, a 200th of it above, at most 64 MiB |
/// | map of clusters | a bit for each |
/// | other system files | 105 clusters |
/// | file or directory | a record of 1 KiB; 64 are the system's, and 16 come at once |
/// | content | nothing beside the record up to 760 bytes less the name's attribute, else clusters |
/// | directory | nothing up to 176 bytes less than that; else blocks of 4 KiB that are half full |
/// | directory whose names have outgrown its record by far | up to two clusters and a record more |
///
/// Directories are trees whose blocks are cut in half when they are full. Names come in order, so
/// that the lower half stays as it is.
final class NtfsPlan implements VolumePlan {
  private static final int CLUSTER = 4096;
  private static final int SECTOR = 512;
  private static final int SYSTEM_CLUSTERS = 105;

  private static final long LARGE_VOLUME = 200L << 20;
  private static final long LOG_OF_SMALL_VOLUME = 2L << 20;
  private static final long LARGEST_LOG = 64L << 20;
  private static final int LOG_SHARE = 200;

  private static final int SYSTEM_RECORDS = 64;
  private static final int RECORDS_AT_ONCE = 16;
  private static final int RECORDS_A_CLUSTER = 4;
  private static final long RECORDS_A_MAP_CLUSTER = 8L * CLUSTER;

  /// Of a record, for the name's attribute and content.
  private static final int ROOM_OF_RECORD = 760;

  /// What a directory has beside both, with what it needs for its first block.
  private static final int OF_DIRECTORY = 176;

  /// Names that the root has: the system's.
  private static final int SYSTEM_NAMES = 12;

  private static final int ENTRY_OF_SYSTEM_NAME = 104;

  /// Blocks of a directory that lies in pieces, for each further record that lists them.
  private static final int PIECES_A_RECORD = 150;

  private final long clusters;
  private final long bytes;
  private final long keptBack;
  private final Map<List<String>, Directory> directories = new HashMap<>();
  private long entries;

  /// Clusters of contents, blocks of directories, and records that list those.
  private long used;

  private long blocks;
  private long listing;

  /// Its names, and what they take.
  private static final class Directory {
    private static final int ROOM_OF_BLOCK = 4016;

    /// What an entry that leads to a block has in addition.
    private static final int POINTER = 8;

    /// What is set aside in the record for the attributes of the first block.
    private static final int OF_FIRST_BLOCK = 120;

    /// What the record has once its security descriptor lies elsewhere.
    private static final int OF_DESCRIPTOR = 48;

    private final int roomOfRecord;
    private long names;
    private long bytes;
    private int outgrown;

    private Directory(int roomOfRecord) {
      this.roomOfRecord = roomOfRecord;
    }

    void add(String name) {
      names++;
      boolean inside = bytes <= roomOfRecord;
      bytes += entry(name);
      if (inside && bytes > roomOfRecord + OF_FIRST_BLOCK) {
        outgrown = bytes <= roomOfRecord + OF_FIRST_BLOCK + OF_DESCRIPTOR ? 1 : 2;
      }
    }

    /// Records beside its own: the last that did not fit was so large that attributes were moved.
    int records() {
      return outgrown == 2 ? 1 : 0;
    }

    long blocks() {
      return bytes <= roomOfRecord ? 0 : outgrown + tree();
    }

    private long tree() {
      int entry = Math.toIntExact(Math.ceilDiv(bytes, names));
      if (names <= ROOM_OF_BLOCK / entry) {
        return 1;
      }
      long level = Math.ceilDiv(names, halfFull(entry));
      long blocks = level;
      while (level > 1) {
        level = Math.ceilDiv(level, halfFull(entry + POINTER));
        blocks += level;
      }
      return blocks;
    }

    // And the one in the middle, which goes up.
    private static long halfFull(int entry) {
      return Math.max(2, (ROOM_OF_BLOCK / entry + 1) / 2);
    }

    private static int entry(String name) {
      return aligned(16 + 66 + 2 * name.length());
    }
  }

  NtfsPlan(long bytes) {
    this.bytes = bytes;
    clusters = (bytes - SECTOR) / CLUSTER;
    keptBack = Math.ceilDiv(VolumePlan.keptBack(bytes), (long) CLUSTER);
    long log = Math.min(LARGEST_LOG, bytes / LOG_SHARE / CLUSTER * CLUSTER);
    used =
        SYSTEM_CLUSTERS
            + (bytes <= LARGE_VOLUME ? LOG_OF_SMALL_VOLUME : log) / CLUSTER
            + Math.ceilDiv(clusters, 8L * CLUSTER);
    Directory root = new Directory(-1);
    root.names = SYSTEM_NAMES;
    root.bytes = SYSTEM_NAMES * ENTRY_OF_SYSTEM_NAME;
    directories.put(List.of(), root);
  }

  private static int aligned(int bytes) {
    return Math.ceilDiv(bytes, 8) * 8;
  }

  @Override
  public boolean add(FilePath path, long size) {
    List<String> names = path.names();
    int known = names.size() - 1;
    while (!directories.containsKey(names.subList(0, known))) {
      known--;
    }
    int fresh = names.size() - 1 - known;
    long content = size <= roomOfRecord(names.getLast()) ? 0 : Math.ceilDiv(size, (long) CLUSTER);
    // A directory's tree grows by a block a level, and a level; each that is new may be outgrown.
    long wanted = content + 8 + 4L * fresh + records(entries + fresh + 1) - records(entries);
    if (wanted > room()) {
      return false;
    }
    for (int depth = known; depth < names.size() - 1; depth++) {
      name(directory(names, depth), names.get(depth));
      directories.put(
          List.copyOf(names.subList(0, depth + 1)),
          new Directory(roomOfRecord(names.get(depth)) - OF_DIRECTORY));
    }
    name(directory(names, names.size() - 1), names.getLast());
    used += content;
    return true;
  }

  private static int roomOfRecord(String name) {
    return ROOM_OF_RECORD - aligned(24 + 66 + 2 * name.length());
  }

  private Directory directory(List<String> names, int depth) {
    Directory directory = directories.get(names.subList(0, depth));
    if (directory == null) {
      throw new IllegalStateException("no directory " + names.subList(0, depth));
    }
    return directory;
  }

  private void name(Directory directory, String name) {
    long before = directory.blocks();
    long recordsBefore = directory.records() + before / PIECES_A_RECORD;
    directory.add(name);
    long after = directory.blocks();
    blocks += after - before;
    listing += directory.records() + after / PIECES_A_RECORD - recordsBefore;
    entries++;
  }

  private long records(long files) {
    long records = SYSTEM_RECORDS + files + listing;
    return Math.ceilDiv(records, (long) RECORDS_AT_ONCE) * RECORDS_AT_ONCE / RECORDS_A_CLUSTER
        + Math.ceilDiv(records, RECORDS_A_MAP_CLUSTER);
  }

  private long room() {
    return clusters - used - blocks - records(entries) - keptBack;
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
    return room() * CLUSTER;
  }
}
