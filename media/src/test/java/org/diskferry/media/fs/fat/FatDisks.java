package org.diskferry.media.fs.fat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.diskferry.media.testing.ContentSet;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.MadeDisk;
import org.diskferry.media.testing.Tool;

/// FAT volumes as mkfs.fat makes them and mtools fill them; clocks are set to UTC.
public final class FatDisks {
  private static final long TIME = 1_234_567_890L;

  /// Names that fit eight and three bytes, in the ways in which their case is kept.
  private static final List<String> SHORT_NAMES =
      List.of("README.TXT", "lower.txt", "UPPER.low", "lower.UPP", "Mixed.Txt", "NOEXT", "a.b");

  private FatDisks() {}

  /// Aborts `test` unless the tools are there.
  public static void require(Class<?> test) {
    Tool.require(test, "mkfs.fat", "mcopy", "mdel");
  }

  /// An empty volume.
  public static Path format(Path folder, long bytes, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("mkfs.fat", "-n", "THE DISK", "-i", "1234abcd"));
    command.addAll(List.of(options));
    return MadeDisk.format(folder.resolve("fat.img"), bytes, command.toArray(String[]::new));
  }

  /// A volume with the standard set, in the gaps that deleted files have left.
  static MadeDisk full(Path folder, long bytes, String... options) throws Exception {
    Path image = format(folder, bytes, options);
    Path junk = Files.createDirectory(folder.resolve("junk"));
    new ContentSet(9).smallFiles("deleted", 200, 20_000).writeTo(junk);
    copy(image, junk);
    delete(image, "::/deleted/00/*0.bin", "::/deleted/00/*5.bin", "::/deleted/01/*2.bin");
    Path tree = Files.createDirectory(folder.resolve("tree"));
    Listing written = ContentSet.standard(7).writeTo(tree).and(shortNames(tree));
    copy(image, tree);
    delete(image, "::/deleted/00/*.bin", "::/deleted/01/*.bin");
    return new MadeDisk(image, asStored(written));
  }

  private static Map<String, Listing.Row> shortNames(Path tree) throws IOException {
    Map<String, Listing.Row> rows = new TreeMap<>();
    for (String name : SHORT_NAMES) {
      byte[] content = new byte[name.length() * 100];
      Path file = Files.write(tree.resolve(name), content);
      Files.setLastModifiedTime(file, FileTime.fromMillis(TIME * 1000));
      rows.put(name, Listing.row(content, TIME));
    }
    return rows;
  }

  /// Copies what is below `tree`.
  public static void copy(Path image, Path tree) throws Exception {
    List<String> command = mtool(image, "mcopy", "-s", "-m", "-Q");
    try (Stream<Path> children = Files.list(tree)) {
      children.sorted().forEach(child -> command.add(child.toString()));
    }
    command.add("::/");
    Tool.run(command);
  }

  static void delete(Path image, String... paths) throws Exception {
    List<String> command = mtool(image, "mdel");
    command.addAll(List.of(paths));
    Tool.run(command);
  }

  private static List<String> mtool(Path image, String tool, String... options) {
    List<String> command =
        new ArrayList<>(List.of("env", "TZ=UTC", "MTOOLS_SKIP_CHECK=1", tool, "-i"));
    command.add(image.toString());
    command.addAll(List.of(options));
    return command;
  }

  /// What the format and mtools make of it: two seconds are one, and of a character beyond the
  /// basic plane mtools write the lower 16 bits (a defect of theirs; see FatNamesTest for real
  /// ones).
  static Listing asStored(Listing source) {
    TreeMap<String, Listing.Row> rows = new TreeMap<>();
    source
        .files()
        .forEach((path, row) ->
            rows.put(cut(path), new Listing.Row(row.size(), row.md5(), row.mtime() & ~1L)));
    return new Listing(rows);
  }

  private static String cut(String path) {
    StringBuilder units = new StringBuilder();
    path.codePoints().forEach(point -> units.append((char) point));
    return units.toString();
  }
}
