package org.diskferry.depot.blob;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The directory of blobs: `incoming` for files that are being written, `loose/00` to `loose/ff`
/// for blobs of their own, `packed` for files of many. Locked as long as it is open; a second
/// opening fails.
final class Directory implements AutoCloseable {
  private final Path root;
  private final FileChannel lockFile;

  private Directory(Path root, FileChannel lockFile) {
    this.root = root;
    this.lockFile = lockFile;
  }

  static Directory open(Path root, Disk disk) throws IOException {
    Files.createDirectories(root);
    Directory directory = new Directory(root, locked(root.resolve("lock")));
    directory.lay(disk);
    return directory;
  }

  Path incoming(UUID file) {
    return root.resolve("incoming").resolve(file.toString());
  }

  Path path(UUID file, boolean packed) {
    return packed ? packed().resolve(file.toString()) : looseRoom(file).resolve(file.toString());
  }

  Path packed() {
    return root.resolve("packed");
  }

  /// The directory of a loose file, one of 256 so that none grows huge.
  Path looseRoom(UUID file) {
    return root.resolve("loose").resolve(file.toString().substring(0, 2));
  }

  List<Path> looseRooms() {
    List<Path> rooms = new ArrayList<>();
    for (int i = 0; i < 256; i++) {
      rooms.add(root.resolve("loose").resolve(HexFormat.of().toHexDigits((byte) i)));
    }
    return rooms;
  }

  Path incoming() {
    return root.resolve("incoming");
  }

  /// The name that binds this directory to its ledger; empty in a directory that has none yet.
  Optional<UUID> identity() throws IOException {
    Path file = root.resolve("identity");
    return Files.exists(file)
        ? Optional.of(UUID.fromString(Files.readString(file).strip()))
        : Optional.empty();
  }

  /// Names the directory, durably.
  void identify(UUID identity, Disk disk) throws IOException {
    Path draft = root.resolve("identity.new");
    Files.writeString(draft, identity + "\n");
    try (FileChannel file = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      disk.sync(file);
    }
    disk.rename(draft, root.resolve("identity"));
    disk.syncDirectory(root);
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }

  private void lay(Disk disk) throws IOException {
    Files.createDirectories(packed());
    Files.createDirectories(incoming());
    if (Files.exists(looseRooms().getLast())) {
      return;
    }
    for (Path room : looseRooms()) {
      Files.createDirectories(room);
    }
    disk.syncDirectory(root.resolve("loose"));
    disk.syncDirectory(root);
  }

  private static FileChannel locked(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock(channel) == null) {
      channel.close();
      throw new IOException("the depot in " + file.getParent() + " is in use by another process");
    }
    return channel;
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      return null;
    }
  }
}
