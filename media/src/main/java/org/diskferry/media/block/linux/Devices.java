package org.diskferry.media.block.linux;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.media.block.BlockSource;

/// Opens images and disks: for reading, or exclusively for reading and writing.
///
/// A link is followed once, here; what it leads to must be a regular file or a whole disk. A disk
/// that the running system uses in any way (mounted, swap, held by dm or md) is refused by the
/// kernel's own exclusive claim; an image is refused while it backs a loop device or is swapped to,
/// and is locked (`flock`) while it is open.
public final class Devices {
  private static final int IMAGE_SECTOR = 512;

  private Devices() {}

  /// Opens for reading only.
  public static BlockSource openForReading(Path path) throws IOException {
    return open(Target.of(path), Libc.O_RDONLY, Libc.LOCK_SH);
  }

  /// Opens for reading and writing, alone.
  ///
  /// @throws IOException when the device is in use, with what uses it where that can be found out
  public static BlockDevice openExclusively(Path path) throws IOException {
    Target target = Target.of(path);
    refuseUsed(target);
    return open(target, Libc.O_RDWR | (target.isDisk() ? Libc.O_EXCL : 0), Libc.LOCK_EX);
  }

  /// What tells the device at `path` from every other one.
  public static Identity identify(Path path) throws IOException {
    return Identity.of(Target.of(path));
  }

  private static LinuxDevice open(Target target, int flags, int lock) throws IOException {
    Descriptor descriptor;
    try {
      descriptor = Descriptor.open(target.path().toString(), flags, target.name());
    } catch (IOException e) {
      throw new IOException(e.getMessage() + user(target).map(u -> ": " + u).orElse(""), e);
    }
    try {
      descriptor.call("lock", 0, fd -> Libc.flock(fd, lock | Libc.LOCK_NB));
      return new LinuxDevice(target, descriptor, size(target), sectorSize(target));
    } catch (MediaException e) {
      descriptor.close();
      throw new IOException(target.name() + ": is in use by another process", e);
    } catch (IOException e) {
      descriptor.close();
      throw e;
    }
  }

  private static long size(Target target) throws IOException {
    try (FileChannel channel = FileChannel.open(target.path(), StandardOpenOption.READ)) {
      return channel.size();
    }
  }

  private static int sectorSize(Target target) throws IOException {
    return target.sys("queue/logical_block_size").map(Integer::parseInt).orElse(IMAGE_SECTOR);
  }

  private static void refuseUsed(Target target) throws IOException {
    Optional<String> user = user(target);
    if (user.isPresent()) {
      throw new IOException(target.name() + ": " + user.get() + "; it will not be touched");
    }
  }

  private static Optional<String> user(Target target) throws IOException {
    return target.isDisk() ? userOfDisk(target) : userOfImage(target);
  }

  private static Optional<String> userOfDisk(Target target) throws IOException {
    String name = target.path().toString();
    for (String line : Files.readAllLines(Path.of("/proc/self/mounts"))) {
      if (isPartOf(line, name)) {
        return Optional.of("is mounted at " + line.split(" ", 3)[1]);
      }
    }
    for (String line : Files.readAllLines(Path.of("/proc/swaps"))) {
      if (isPartOf(line, name)) {
        return Optional.of("is used for swapping");
      }
    }
    Path entry = Objects.requireNonNull(target.disk());
    try (Stream<Path> holders = Files.list(entry.resolve("holders"))) {
      return holders.findAny().map(holder -> "is held by " + holder.getFileName());
    }
  }

  // A line of the kernel's tables that begins with the disk or with a partition of it.
  private static boolean isPartOf(String line, String disk) {
    String device = line.split("\\s", 2)[0];
    return device.startsWith(disk) && device.substring(disk.length()).matches("(p?[0-9]+)?");
  }

  private static Optional<String> userOfImage(Target target) throws IOException {
    String name = target.path().toString();
    for (String line : Files.readAllLines(Path.of("/proc/swaps"))) {
      if (line.startsWith(name + " ") || line.startsWith(name + "\t")) {
        return Optional.of("is used for swapping");
      }
    }
    try (Stream<Path> blocks = Files.list(Path.of("/sys/block"))) {
      for (Path block : (Iterable<Path>) blocks::iterator) {
        Path backing = block.resolve("loop/backing_file");
        if (Files.exists(backing) && Files.readString(backing).strip().equals(name)) {
          return Optional.of("is attached as /dev/" + block.getFileName());
        }
      }
    }
    return Optional.empty();
  }
}
