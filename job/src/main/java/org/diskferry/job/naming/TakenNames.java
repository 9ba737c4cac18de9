package org.diskferry.job.naming;

import java.util.List;
import org.diskferry.job.manifest.DeviceFileSystem;

/// The names of a device that are given away, in 16 bytes each: hashes of 64 bits stand for paths.
/// Two paths of one hash make the later one look taken, which costs it its name and nothing else.
final class TakenNames {
  private static final long FREE = 0;
  private static final int FIRST_SLOTS = 1 << 10;

  private final DeviceFileSystem rules;

  /// Pairs: the hash of a path as it is compared, and the hash of how it is spelt, whose lowest bit
  /// says whether it is a directory.
  private long[] table = new long[2 * FIRST_SLOTS];

  private int used;

  /// @param directory one that is there from the beginning
  TakenNames(DeviceFileSystem rules, String directory) {
    this.rules = rules;
    rules.taken().forEach(name -> put(hash(name, true), spelling(name, false)));
    put(hash(directory, true), spelling(directory, true));
  }

  /// Takes a path for a file, and what lies above it for directories.
  ///
  /// @return false where a file, or a directory of another spelling, is in the way; then nothing
  ///   was taken
  boolean take(List<String> names) {
    StringBuilder path = new StringBuilder();
    for (String name : names.subList(0, names.size() - 1)) {
      path.append(path.isEmpty() ? "" : "/").append(name);
      long found = get(hash(path, true));
      if (found != FREE && found != spelling(path, true)) {
        return false;
      }
    }
    String file = String.join("/", names);
    if (get(hash(file, true)) != FREE) {
      return false;
    }
    put(hash(file, true), spelling(file, false));
    path.setLength(0);
    for (String name : names.subList(0, names.size() - 1)) {
      path.append(path.isEmpty() ? "" : "/").append(name);
      put(hash(path, true), spelling(path, true));
    }
    return true;
  }

  private long spelling(CharSequence path, boolean directory) {
    long hash = hash(path, false);
    return directory ? hash | 1 : hash & ~1L;
  }

  // FNV-1a over units, with the upper bits brought down. Never FREE.
  private long hash(CharSequence path, boolean folded) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < path.length(); i++) {
      char unit = path.charAt(i);
      hash = (hash ^ (folded ? rules.folded(unit) : unit)) * 0x100000001b3L;
      hash ^= hash >>> 29;
    }
    return hash == FREE || hash == 1 ? 2 : hash;
  }

  private long get(long key) {
    int slot = slot(table, key);
    return table[slot] == FREE ? FREE : table[slot + 1];
  }

  private void put(long key, long value) {
    int slot = slot(table, key);
    if (table[slot] == FREE) {
      table[slot] = key;
      used++;
    }
    table[slot + 1] = value;
    if (used * 4 > table.length) {
      grow();
    }
  }

  private void grow() {
    long[] larger = new long[Math.multiplyExact(table.length, 2)];
    for (int i = 0; i < table.length; i += 2) {
      if (table[i] != FREE) {
        int slot = slot(larger, table[i]);
        larger[slot] = table[i];
        larger[slot + 1] = table[i + 1];
      }
    }
    table = larger;
  }

  private static int slot(long[] table, long key) {
    int mask = table.length / 2 - 1;
    int slot = Long.hashCode(key * 0x9e3779b97f4a7c15L) & mask;
    while (table[2 * slot] != FREE && table[2 * slot] != key) {
      slot = (slot + 1) & mask;
    }
    return 2 * slot;
  }
}
