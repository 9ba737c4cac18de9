package org.diskferry.bench.disk;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// An image that the system's tools format and fill through a mount (as root), and that is kept: so
/// many files of up to 8 KiB, a hundred a directory.
final class Image {
  private static final int FILES_A_DIRECTORY = 100;
  private static final int MOST_BYTES = 8 << 10;
  private static final long ROOM_A_FILE = 24 << 10;
  private static final long LEAST_ROOM = 64L << 20;

  private final Path path;
  private final Path root;
  private final String format;
  private final int files;

  Image(Path directory, String format, int files) {
    this.path = directory.resolve(format + "-" + files + ".img");
    this.root = directory.resolve("mounted-" + format);
    this.format = format;
    this.files = files;
  }

  /// Where it is; made unless it is there.
  Path make() throws IOException, InterruptedException {
    if (Files.exists(path)) {
      return path;
    }
    Path part = path.resolveSibling(path.getFileName() + ".part");
    try (RandomAccessFile file = new RandomAccessFile(part.toFile(), "rw")) {
      file.setLength(Math.max(LEAST_ROOM, files * ROOM_A_FILE));
    }
    run(with(maker(), part));
    Files.createDirectories(root);
    if (format.equals("exfat")) {
      fillThroughDevice(part);
    } else {
      fillMounted(part);
    }
    // What FUSE programs still write after the mount is gone must be on the image.
    run("sync");
    Files.move(part, path);
    return path;
  }

  private void fillMounted(Path medium) throws IOException, InterruptedException {
    run(with(mounter(), medium, root));
    try {
      fill();
    } finally {
      run("umount", root.toString());
    }
  }

  // Root's mounts by this driver are of block devices only.
  private void fillThroughDevice(Path part) throws IOException, InterruptedException {
    Process losetup = new ProcessBuilder("losetup", "--find", "--show", part.toString()).start();
    String device =
        new String(losetup.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (losetup.waitFor() != 0) {
      throw new IOException("losetup found no device for " + part);
    }
    try {
      fillMounted(Path.of(device));
    } finally {
      run("losetup", "--detach", device);
    }
  }

  private List<String> maker() {
    return switch (format) {
      case "ext2", "ext3", "ext4" -> List.of("mke2fs", "-q", "-F", "-t", format);
      case "ntfs" -> List.of("mkntfs", "-Q", "-F", "-q");
      case "exfat" -> List.of("mkfs.exfat", "--cluster-size=4096");
      default -> throw new IllegalArgumentException("no recipe for " + format);
    };
  }

  private List<String> mounter() {
    return switch (format) {
      case "ntfs" -> List.of("ntfs-3g", "-o", "big_writes");
      case "exfat" -> List.of("mount.exfat-fuse");
      default -> List.of("mount", "-o", "loop,noatime");
    };
  }

  private static List<String> with(List<String> command, Path... paths) {
    List<String> whole = new ArrayList<>(command);
    for (Path one : paths) {
      whole.add(one.toString());
    }
    return whole;
  }

  private void fill() throws IOException {
    Random random = new Random(files);
    for (int i = 0; i < files; i++) {
      int directory = i / FILES_A_DIRECTORY;
      Path file =
          root.resolve("d" + directory / FILES_A_DIRECTORY)
              .resolve("d" + directory)
              .resolve("a file of the bench, number %06d.bin".formatted(i));
      Files.createDirectories(file.getParent());
      byte[] content = new byte[1 + random.nextInt(MOST_BYTES)];
      random.nextBytes(content);
      Files.write(file, content);
    }
  }

  static void run(String... command) throws IOException, InterruptedException {
    run(List.of(command));
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    int code = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (code != 0) {
      throw new IOException(String.join(" ", command) + " ended with " + code);
    }
  }
}
