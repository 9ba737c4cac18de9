package org.diskferry.media.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Regular files by path (no leading slash), each with size, MD5 and time: what a disk holds, or
/// what it must hold.
///
/// @param files sorted by path
public record Listing(SortedMap<String, Row> files) {

  /// One file.
  ///
  /// @param size bytes
  /// @param md5 of the content, in hex; or `unreadable: REASON`
  /// @param mtime whole seconds since 1970, UTC
  public record Row(long size, String md5, long mtime) {}

  /// Copies the map.
  public Listing {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  /// What a mounted directory holds, links not followed: the view of whoever mounted it.
  public static Listing ofDirectory(Path root) throws IOException {
    TreeMap<String, Row> files = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(root)) {
      for (Path file : (Iterable<Path>) walk::iterator) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          long mtime = Files.getLastModifiedTime(file).toInstant().getEpochSecond();
          String md5 = Md5.ofFile(file);
          files.put(root.relativize(file).toString(), new Row(Files.size(file), md5, mtime));
        }
      }
    }
    return new Listing(files);
  }

  /// From a list of the kit: path, size, MD5, mtime, separated by tabs.
  public static Listing ofTsv(Path tsv) throws IOException {
    TreeMap<String, Row> files = new TreeMap<>();
    for (String line : Files.readAllLines(tsv)) {
      List<String> cells = List.of(line.split("\t", -1));
      Row row = new Row(Long.parseLong(cells.get(1)), cells.get(2), Long.parseLong(cells.get(3)));
      files.put(cells.get(0), row);
    }
    return new Listing(files);
  }

  /// With the rows of `more` added; a path of both is a mistake of the test.
  public Listing and(Map<String, Row> more) {
    TreeMap<String, Row> all = new TreeMap<>(files);
    more.forEach((path, row) -> {
      if (all.put(path, row) != null) {
        throw new IllegalArgumentException(path + " twice");
      }
    });
    return new Listing(all);
  }

  /// A row for `content`.
  public static Row row(byte[] content, long mtime) {
    return new Row(content.length, HexFormat.of().formatHex(Md5.fresh().digest(content)), mtime);
  }
}
