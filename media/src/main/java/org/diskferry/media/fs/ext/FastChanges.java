package org.diskferry.media.fs.ext;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// What fast commits changed, by inode and by directory. Drivers write it into the volume's own
/// structures when they mount it; here it is laid over what those say.
final class FastChanges {
  private final NavigableMap<Long, List<FastCommit>> ofInodes = new TreeMap<>();
  private final Map<Long, List<FastCommit.Named>> ofDirectories = new HashMap<>();

  void add(FastCommit change) {
    ofInodes.computeIfAbsent(change.inode(), _ -> new ArrayList<>()).add(change);
    if (change instanceof FastCommit.Named named) {
      ofDirectories.computeIfAbsent(named.directory(), _ -> new ArrayList<>()).add(named);
    }
  }

  boolean isEmpty() {
    return ofInodes.isEmpty();
  }

  /// Whether inode `number` is not what the table says.
  boolean changes(long number) {
    return ofInodes.containsKey(number);
  }

  /// The numbers from `from` on and before `to` of inodes that are changed.
  Iterable<Long> inodes(long from, long to) {
    return ofInodes.subMap(from, true, to, false).keySet();
  }

  /// Whether the inode itself is written, so that what the table has need not be sound.
  boolean writes(long number) {
    return ofInodes.getOrDefault(number, List.of()).stream()
        .anyMatch(change -> change instanceof FastCommit.Written);
  }

  /// Whether inode `number` is new: a directory of that kind has no blocks yet.
  boolean creates(long number) {
    return ofInodes.getOrDefault(number, List.of()).stream()
        .anyMatch(change ->
            change instanceof FastCommit.Named named
                && named.what() == FastCommit.Named.What.CREATED);
  }

  /// The changes of the names in directory `number`, in order.
  List<FastCommit.Named> names(long number) {
    return ofDirectories.getOrDefault(number, List.of());
  }

  /// `stored`, as its changes leave it. A file whose last name went has lost its blocks, even where
  /// its number is taken again.
  Inode applied(Inode stored) {
    InodeEdit edit = new InodeEdit(stored);
    List<FastCommit> ranges = new ArrayList<>();
    boolean dropsAll = false;
    for (FastCommit change : ofInodes.getOrDefault(stored.number(), List.of())) {
      switch (change) {
        case FastCommit.Written(long _, var raw) -> edit.overwrite(raw);
        case FastCommit.RangeAdded _, FastCommit.RangeDeleted _ -> ranges.add(change);
        case FastCommit.Named named -> {
          edit.setLinks(links(named.what(), edit.links()));
          if (edit.links() == 0) {
            dropsAll = true;
            ranges.clear();
          }
        }
      }
    }
    return edit.finished(new MapChanges(dropsAll, ranges));
  }

  private static int links(FastCommit.Named.What what, int before) {
    return switch (what) {
      case CREATED -> 1;
      case LINKED -> before + 1;
      case UNLINKED -> before - 1;
    };
  }
}
