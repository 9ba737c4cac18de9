package org.diskferry.media.block.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a path leads to, decided once, before anything is opened: an image or a whole disk.
///
/// @param path after all links
/// @param name as the operator gave it
/// @param disk its entry below `/sys/dev/block`; null for an image
record Target(Path path, String name, @Nullable Path disk) {

  private static final int TYPE_MASK = 0xF000;
  private static final int BLOCK_DEVICE = 0x6000;
  private static final int REGULAR = 0x8000;

  /// Follows links and looks at what is there.
  ///
  /// @throws IOException for what is neither a regular file nor a whole disk
  static Target of(Path path) throws IOException {
    Path real = path.toRealPath();
    int type = (int) Files.getAttribute(real, "unix:mode") & TYPE_MASK;
    if (type == REGULAR) {
      return new Target(real, path.toString(), null);
    }
    if (type != BLOCK_DEVICE) {
      throw new IOException(path + ": is neither a disk image nor a disk");
    }
    long number = (long) Files.getAttribute(real, "unix:rdev");
    Path entry = Path.of("/sys/dev/block", major(number) + ":" + minor(number)).toRealPath();
    if (Files.exists(entry.resolve("partition"))) {
      throw new IOException(
          path
              + ": is a partition; attach the whole disk "
              + entry.getName(entry.getNameCount() - 2));
    }
    return new Target(real, path.toString(), entry);
  }

  boolean isDisk() {
    return disk != null;
  }

  /// Whether the system does not know the disk any more; an image is where it was opened.
  boolean hasLeft() {
    return disk != null && !Files.exists(disk);
  }

  /// One line of the disk's entry below `/sys`, trimmed; empty where there is none.
  Optional<String> sys(String file) throws IOException {
    if (disk == null || !Files.exists(disk.resolve(file))) {
      return Optional.empty();
    }
    String text = Files.readString(disk.resolve(file)).strip();
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  // The kernel's encoding of device numbers, as the C library's gnu_dev_major and gnu_dev_minor.
  private static long major(long number) {
    return ((number >>> 8) & 0xFFF) | ((number >>> 32) & 0xFFFFF000L);
  }

  private static long minor(long number) {
    return (number & 0xFF) | ((number >>> 12) & 0xFFFFFF00L);
  }
}
