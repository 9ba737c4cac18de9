package org.diskferry.station.dock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The folder that images are dropped into. A file is ready once it has not changed for a while;
/// one that is being copied under the name `*.part` is ready as soon as it is renamed; a link to a
/// disk is ready at once.
final class DockFolder {
  /// A copy that pauses for longer than this looks finished.
  private static final Duration STILL = Duration.ofSeconds(10);

  private static final String UNFINISHED = ".part";

  private final Path folder;
  private final InstantSource clock;
  private Set<Object> unfinished = new HashSet<>();

  DockFolder(Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /// What is in the folder and ready. Called again and again by one thread.
  List<Bay> ready() throws IOException {
    List<Bay> ready = new ArrayList<>();
    Set<Object> stillUnfinished = new HashSet<>();
    try (Stream<Path> entries = Files.list(folder).sorted()) {
      for (Path entry : (Iterable<Path>) entries::iterator) {
        look(entry, ready, stillUnfinished);
      }
    }
    unfinished = stillUnfinished;
    return ready;
  }

  // A file may vanish between the listing and the look: then it is not there, and that is all.
  private void look(Path entry, List<Bay> ready, Set<Object> stillUnfinished) throws IOException {
    String name = String.valueOf(entry.getFileName());
    if (name.startsWith(".") || !Files.exists(entry) || Files.isDirectory(entry)) {
      return;
    }
    if (!Files.isRegularFile(entry)) {
      ready.add(Bay.dropped(entry));
      return;
    }
    Object inode = Files.getAttribute(entry, "unix:ino");
    if (name.endsWith(UNFINISHED)) {
      stillUnfinished.add(inode);
    } else if (unfinished.contains(inode) || isStill(entry)) {
      ready.add(Bay.dropped(entry));
    }
  }

  private boolean isStill(Path entry) throws IOException {
    Instant changed = Files.getLastModifiedTime(entry).toInstant();
    return changed.plus(STILL).isBefore(clock.instant());
  }
}
