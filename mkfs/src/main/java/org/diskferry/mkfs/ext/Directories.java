package org.diskferry.mkfs.ext;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import org.diskferry.mkfs.fill.FillerException;
import org.jspecify.annotations.Nullable;

/// The directories of a volume by name, and those that are being written to.
///
/// Every directory's name is kept in memory, since nothing else tells cheaply that one is new;
/// files' names are not.
final class Directories {
  /// Blocks in memory, one each.
  private static final int MOST_OPEN = 512;

  private final ExtVolume volume;
  private final Map<Name, Integer> inodes = new HashMap<>();
  private final LinkedHashMap<Integer, DirectoryFile> open = new LinkedHashMap<>(16, 0.75f, true);

  /// Directories of several blocks, with how many: these get an index.
  private final Map<Integer, Integer> large = new HashMap<>();

  private long debt;

  /// A directory as its parent knows it.
  private record Name(int parent, String name) {}

  private Directories(ExtVolume volume) {
    this.volume = volume;
  }

  /// Those that the volume has.
  static Directories of(ExtVolume volume) throws FillerException {
    Directories directories = new Directories(volume);
    Queue<Integer> waiting = new ArrayDeque<>();
    waiting.add(ExtVolume.ROOT);
    while (!waiting.isEmpty()) {
      int parent = waiting.remove();
      DirectoryFile file = directories.open(parent);
      directories.sized(file);
      file.visit((inode, kind, name) -> {
        String text = new String(name, StandardCharsets.UTF_8);
        if (kind == DirectoryBlock.DIRECTORY && !text.equals(".") && !text.equals("..")) {
          directories.inodes.put(new Name(parent, text), inode);
          waiting.add(inode);
        }
      });
    }
    return directories;
  }

  /// The inode of a directory, null where there is none.
  @Nullable Integer find(int parent, String name) {
    return inodes.get(new Name(parent, name));
  }

  void add(int parent, String name, DirectoryFile file) throws FillerException {
    inodes.put(new Name(parent, name), file.inode());
    keep(file);
  }

  DirectoryFile open(int inode) throws FillerException {
    DirectoryFile file = open.get(inode);
    if (file == null) {
      file = DirectoryFile.open(volume, inode);
      keep(file);
    }
    return file;
  }

  private void keep(DirectoryFile file) throws FillerException {
    open.put(file.inode(), file);
    if (open.size() > MOST_OPEN) {
      open.pollFirstEntry().getValue().flush();
    }
  }

  /// Notes how large a directory has become.
  void sized(DirectoryFile file) {
    if (file.size() > 1) {
      Integer before = large.put(file.inode(), file.size());
      debt += DirectoryIndex.debt(file.size()) - (before == null ? 0 : DirectoryIndex.debt(before));
    }
  }

  /// Blocks that the indexes will take.
  long debt() {
    return debt;
  }

  void flush() throws FillerException {
    for (DirectoryFile file : open.values()) {
      file.flush();
    }
  }

  /// Builds the indexes; nothing is added after that.
  void index() throws FillerException {
    flush();
    open.clear();
    for (int inode : large.keySet()) {
      DirectoryIndex.build(volume, DirectoryFile.open(volume, inode));
    }
  }
}
