package org.diskferry.media.fs.ext;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.diskferry.media.testing.ContentSet;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.MadeDisk;
import org.diskferry.media.testing.Mount;
import org.diskferry.media.testing.Tool;

/// Disks of the ext family, formatted by mke2fs and filled through the kernel's driver or by mke2fs
/// itself.
final class ExtDisks {
  private static final long TIME = 1_234_567_890L;

  private final Map<String, Listing.Row> rows = new HashMap<>();
  private final Random random = new Random(20_100_521);
  private final Path root;

  private ExtDisks(Path root) {
    this.root = root;
  }

  static void require(Class<?> test) {
    Tool.requireToMount(test, "mke2fs", "mount", "fallocate", "setfattr", "debugfs");
  }

  /// Formats with `options`, mounts with the kernel's driver and fills with the standard set and
  /// all else.
  static MadeDisk full(Path folder, long bytes, String... options) throws Exception {
    Path image = format(folder, bytes, options);
    try (Mount mount = Mount.loop(image, folder.resolve("mounted"), "noatime")) {
      Listing standard = ContentSet.standard(7).writeTo(mount.root());
      return new MadeDisk(image, standard.and(fill(mount.root(), 5_000, true).files()));
    }
  }

  /// Formats with `options`, mounts with the kernel's driver and fills with what is special.
  static MadeDisk filledByTheKernel(Path folder, long bytes, String... options) throws Exception {
    Path image = format(folder, bytes, options);
    try (Mount mount = Mount.loop(image, folder.resolve("mounted"), "noatime")) {
      return new MadeDisk(image, fill(mount.root(), 600, true));
    }
  }

  /// Formats with `options` and lets mke2fs copy a tree: for what this kernel does not mount.
  static MadeDisk filledByItsMaker(Path folder, long bytes, String... options) throws Exception {
    Path tree = Files.createDirectory(folder.resolve("tree"));
    // mke2fs 1.47 cuts files with holes where it writes inline data: its disk would be wrong.
    boolean hasHoles = !String.join(" ", options).contains("inline_data");
    Listing expected = fill(tree, 300, hasHoles);
    List<String> with = new ArrayList<>(List.of(options));
    with.addAll(List.of("-d", tree.toString()));
    return new MadeDisk(format(folder, bytes, with.toArray(String[]::new)), expected);
  }

  static Path format(Path folder, long bytes, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("mke2fs", "-q", "-F", "-L", "the disk"));
    command.addAll(List.of(options));
    return MadeDisk.format(folder.resolve("disk.img"), bytes, command.toArray(String[]::new));
  }

  /// Fills `root` with what only file systems of this kind have.
  private static Listing fill(Path root, int entries, boolean hasHoles) throws Exception {
    ExtDisks disk = new ExtDisks(root);
    Files.createDirectory(root.resolve("special"));
    if (hasHoles) {
      disk.writeSparse();
      disk.writeReserved();
      disk.writePunched();
    }
    disk.writeFragmented();
    disk.writeDeleted();
    disk.writeLinks();
    disk.writeNames();
    disk.writeManyEntries(entries);
    return new Listing(new TreeMap<>(disk.rows));
  }

  private Path file(String name, byte[] content) throws IOException {
    Path file = root.resolve(name);
    Files.write(file, content);
    note(name, content);
    return file;
  }

  private void note(String name, byte[] content) throws IOException {
    Files.setLastModifiedTime(root.resolve(name), FileTime.fromMillis(TIME * 1000));
    rows.put(name, Listing.row(content, TIME));
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private void writeSparse() throws IOException {
    byte[] content = new byte[9_000_001];
    for (int place : new int[] {0, 1_000_000, 4_345_678, 8_990_000}) {
      byte[] piece = bytes(5_000);
      System.arraycopy(piece, 0, content, place, piece.length);
      write("special/sparse.bin", place, piece);
    }
    write("special/sparse.bin", content.length - 1, new byte[1]);
    note("special/sparse.bin", content);
    write("special/only a hole.bin", 700_000, new byte[0]);
    try (RandomAccessFile hole = new RandomAccessFile(at("special/only a hole.bin"), "rw")) {
      hole.setLength(700_000);
    }
    note("special/only a hole.bin", new byte[700_000]);
  }

  private String at(String name) {
    return root.resolve(name).toString();
  }

  private void write(String name, long place, byte[] piece) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(at(name), "rw")) {
      file.seek(place);
      file.write(piece);
    }
  }

  private void writeReserved() throws Exception {
    byte[] content = new byte[2_000_000];
    byte[] head = bytes(100_000);
    System.arraycopy(head, 0, content, 0, head.length);
    tryFallocate("-l", "2000000", at("special/reserved tail.bin"));
    write("special/reserved tail.bin", 0, head);
    try (RandomAccessFile file = new RandomAccessFile(at("special/reserved tail.bin"), "rw")) {
      file.setLength(content.length);
    }
    note("special/reserved tail.bin", content);
    file("special/reserved behind the end.bin", bytes(10_000));
    tryFallocate("-n", "-l", "1000000", at("special/reserved behind the end.bin"));
    note(
        "special/reserved behind the end.bin",
        Files.readAllBytes(root.resolve("special/reserved behind the end.bin")));
  }

  // ext2 and ext3 cannot reserve; there the files are what they are without.
  private static void tryFallocate(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("fallocate"));
    command.addAll(List.of(arguments));
    try {
      Tool.run(command);
    } catch (IOException e) {
      if (!e.getMessage().contains("supported")) {
        throw e;
      }
    }
  }

  private void writePunched() throws Exception {
    byte[] content = bytes(500_000);
    Path file = file("special/punched.bin", content);
    tryFallocate("-p", "-o", "100000", "-l", "200000", file.toString());
    note("special/punched.bin", Files.readAllBytes(file));
  }

  private void writeFragmented() throws IOException {
    byte[] one = bytes(600_000);
    byte[] other = bytes(600_000);
    try (RandomAccessFile first = new RandomAccessFile(at("special/fragments 1.bin"), "rwd");
        RandomAccessFile second = new RandomAccessFile(at("special/fragments 2.bin"), "rwd")) {
      for (int at = 0; at < one.length; at += 5_000) {
        first.write(one, at, 5_000);
        second.write(other, at, 5_000);
      }
    }
    note("special/fragments 1.bin", one);
    note("special/fragments 2.bin", other);
  }

  private void writeDeleted() throws IOException {
    Path folder = Files.createDirectory(root.resolve("special/deleted"));
    for (int i = 0; i < 200; i++) {
      Files.write(folder.resolve("file " + i), bytes(7_000));
    }
    for (int i = 0; i < 200; i++) {
      if (i % 3 != 0) {
        Files.delete(folder.resolve("file " + i));
      } else {
        note("special/deleted/file " + i, Files.readAllBytes(folder.resolve("file " + i)));
      }
    }
  }

  private void writeLinks() throws Exception {
    byte[] content = bytes(4_321);
    Path file = file("special/linked.bin", content);
    Files.createLink(root.resolve("special/linked again.bin"), file);
    note("special/linked again.bin", content);
    Files.createSymbolicLink(root.resolve("special/short link"), Path.of("linked.bin"));
    Files.createSymbolicLink(root.resolve("special/long link"), Path.of("x".repeat(200)));
    Files.createSymbolicLink(root.resolve("special/59 link"), Path.of("y".repeat(59)));
    Files.createSymbolicLink(root.resolve("special/60 link"), Path.of("z".repeat(60)));
    Tool.run("mkfifo", at("special/pipe"));
    if ("root".equals(System.getProperty("user.name"))) {
      Tool.run("mknod", at("special/device"), "b", "7", "200");
    }
    Path attributed = file("special/attributed.bin", bytes(100));
    Tool.run("setfattr", "-n", "user.short", "-v", "x".repeat(20), attributed.toString());
    Tool.run("setfattr", "-n", "user.long", "-v", "x".repeat(600), attributed.toString());
    note("special/attributed.bin", Files.readAllBytes(attributed));
  }

  // The platform's file names cannot hold these bytes; a shell's can.
  private void writeNames() throws Exception {
    Tool.run(
        "bash",
        "-c",
        "printf 12345 > \"$1\"/special/$'bad\\xff\\xc3.bin' && touch -d @"
            + TIME
            + " \"$1\"/special/$'bad\\xff\\xc3.bin'",
        "bash",
        root.toString());
    rows.put("special/bad\\xFF\\xC3.bin", Listing.row("12345".getBytes(UTF_8), TIME));
  }

  private void writeManyEntries(int count) throws IOException {
    Path folder = Files.createDirectory(root.resolve("many"));
    for (int i = 0; i < count; i++) {
      String name = "many/an entry with a name of some length, number " + i;
      file(name, "x".repeat(i % 60).getBytes(UTF_8));
    }
    for (int i = 0; i < count; i += 7) {
      String name = "an entry with a name of some length, number " + i;
      Files.delete(folder.resolve(name));
      rows.remove("many/" + name);
    }
  }
}
