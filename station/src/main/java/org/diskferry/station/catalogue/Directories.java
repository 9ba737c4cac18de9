package org.diskferry.station.catalogue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// The directories of all volumes in a file sorted by volume and number, from which paths are put
/// together. Built once, in that order; then read.
///
/// Record: number (8), parent (8), offset of the name (8), its length (4), 1 if the name is UTF-8
/// (4).
final class Directories implements AutoCloseable {
  /// Nested deeper than any real disk: beyond it a chain of parents is a loop or a lie.
  private static final int DEEPEST = 1000;

  /// Longest path in bytes: NTFS allows 32,767 units, Linux 4,096 bytes at once.
  private static final int LONGEST = 96 << 10;

  /// Room on the station's disk for names of directories.
  private static final long MOST_NAME_BYTES = 16L << 30;

  private static final int RECORD = 3 * Long.BYTES + 2 * Integer.BYTES;
  private static final int PAGE_RECORDS = 128;

  /// Pages kept in memory: 4 MiB.
  private static final int MOST_PAGES = 1024;

  /// Bytes of paths kept in memory.
  private static final int MOST_CACHED = 2 << 20;

  private final FixedFile file;
  private final ByteHeap names;
  private final List<Long> roots;
  private final long[] ends;
  private final Map<Long, ByteBuffer> pages =
      new LinkedHashMap<>(MOST_PAGES, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, ByteBuffer> eldest) {
          return size() > MOST_PAGES;
        }
      };
  private final Map<Place, Path> cached = new HashMap<>();
  private int cachedBytes;

  /// A directory of a volume.
  private record Place(int volume, long id) {}

  /// One record of the file.
  private record Directory(long id, long parent, long nameOffset, int nameLength, boolean valid) {}

  /// Where a directory is.
  ///
  /// @param text empty for the root, else with a slash at its end
  /// @param nameable whether all of it is UTF-8
  /// @param lost why it cannot be found from the root; empty where it can
  record Path(String text, boolean nameable, String lost) {
    static final Path ROOT = new Path("", true, "");
  }

  private Directories(FixedFile file, ByteHeap names, List<Long> roots) {
    this.file = file;
    this.names = names;
    this.roots = List.copyOf(roots);
    this.ends = new long[roots.size()];
  }

  static Directories create(java.nio.file.Path directory, List<Long> roots) throws IOException {
    return new Directories(
        FixedFile.create(directory.resolve("directories"), RECORD),
        ByteHeap.create(directory.resolve("directory-names"), MOST_NAME_BYTES),
        roots);
  }

  /// Adds one; called in order of volume and number.
  void add(int volume, long id, ThingGroups.Name name)
      throws IOException, ByteHeap.HeapFullException {
    byte[] bytes = name.text().getBytes(StandardCharsets.UTF_8);
    file.append(
        ByteBuffer.allocate(RECORD)
            .putLong(id)
            .putLong(name.parent())
            .putLong(names.append(bytes))
            .putInt(bytes.length)
            .putInt(name.valid() ? 1 : 0)
            .flip());
    for (int v = volume; v < ends.length; v++) {
      ends[v] = file.records();
    }
  }

  void flush() throws IOException {
    file.flush();
    names.flush();
  }

  /// Where directory `id` of `volume` is.
  Path path(int volume, long id) throws IOException {
    List<Directory> chain = new ArrayList<>();
    long at = id;
    Path base = Path.ROOT;
    while (at != roots.get(volume)) {
      Path known = cached.get(new Place(volume, at));
      if (known != null) {
        base = known;
        break;
      }
      OptionalLong record = find(volume, at);
      if (record.isEmpty()) {
        base = detached(at, "no name leads from the root to directory number " + at);
        break;
      }
      if (chain.size() == DEEPEST) {
        base = detached(at, "directory number " + at + " lies more than " + DEEPEST + " deep");
        break;
      }
      chain.add(read(record.getAsLong()));
      at = chain.getLast().parent();
    }
    return extend(volume, base, chain);
  }

  private static Path detached(long id, String why) {
    return new Path("#" + id + "/", true, why);
  }

  private Path extend(int volume, Path base, List<Directory> chain) throws IOException {
    Path path = base;
    for (Directory directory : chain.reversed()) {
      byte[] name = names.at(directory.nameOffset(), directory.nameLength());
      if (path.text().length() + name.length > LONGEST) {
        path = detached(directory.id(), "its path has more than " + LONGEST + " bytes");
      } else {
        String text = path.text() + new String(name, StandardCharsets.UTF_8) + "/";
        path = new Path(text, path.nameable() && directory.valid(), path.lost());
      }
      remember(new Place(volume, directory.id()), path);
    }
    return path;
  }

  private void remember(Place place, Path path) {
    cachedBytes += path.text().length();
    if (cachedBytes > MOST_CACHED) {
      cached.clear();
      cachedBytes = path.text().length();
    }
    cached.put(place, path);
  }

  private OptionalLong find(int volume, long id) throws IOException {
    long low = volume == 0 ? 0 : ends[volume - 1];
    long high = ends[volume];
    while (low < high) {
      long middle = (low + high) >>> 1;
      int order = Long.compareUnsigned(read(middle).id(), id);
      if (order == 0) {
        return OptionalLong.of(middle);
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return OptionalLong.empty();
  }

  private Directory read(long record) throws IOException {
    long number = record / PAGE_RECORDS;
    ByteBuffer page = pages.get(number);
    if (page == null) {
      page = file.range(number * PAGE_RECORDS, PAGE_RECORDS);
      pages.put(number, page);
    }
    int at = (int) (record % PAGE_RECORDS) * RECORD;
    return new Directory(
        page.getLong(at),
        page.getLong(at + Long.BYTES),
        page.getLong(at + 2 * Long.BYTES),
        page.getInt(at + 3 * Long.BYTES),
        page.getInt(at + 3 * Long.BYTES + Integer.BYTES) != 0);
  }

  @Override
  public void close() throws IOException {
    file.close();
    names.close();
  }
}
