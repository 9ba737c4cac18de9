package org.diskferry.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.diskferry.postgres.PostgresException.Kind;
import org.jspecify.annotations.Nullable;

/// The right to start and stop the server of a directory: one process has it at a time, and the
/// kernel takes it back when that process ends.
final class DirectoryLock implements AutoCloseable {
  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  static DirectoryLock take(Path directory) throws PostgresException {
    Path file = directory.resolve("lock");
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw new PostgresException(
            Kind.IN_USE,
            directory + " is in use by another Diskferry: stop that one, or use another directory");
      }
      return new DirectoryLock(channel);
    } catch (IOException e) {
      throw new PostgresException(Kind.FAILED, "cannot lock " + file + ": " + e, e);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
