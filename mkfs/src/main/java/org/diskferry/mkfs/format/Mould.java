package org.diskferry.mkfs.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.media.block.Extent;
import org.diskferry.media.block.linux.SparseFile;
import org.diskferry.mkfs.MkfsException;
import org.diskferry.mkfs.MkfsException.Trouble;

/// A sparse file of the medium's size, for a program to make a file system in; then carried over.
final class Mould implements AutoCloseable {
  /// Making an empty file system takes seconds; a loaded machine is given more.
  private static final Duration LONGEST = Duration.ofMinutes(30);

  private static final int PIECE = 1 << 20;

  private final Path file;

  private Mould(Path file) {
    this.file = file;
  }

  /// An empty one of `size` bytes in `folder`.
  static Mould of(long size, Path folder) throws MkfsException {
    Path file = folder.resolve("mould");
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(1), size - 1);
    } catch (IOException e) {
      throw new MkfsException(
          Trouble.CRASHED, "no sparse file of " + size + " bytes in " + folder + ": " + e, e);
    }
    return new Mould(file);
  }

  Path file() {
    return file;
  }

  /// Runs the program that makes the file system.
  void make(List<String> command, Map<String, String> environment) throws MkfsException {
    String program = command.getFirst();
    Path log = file.resolveSibling(program + ".log");
    Process process;
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .redirectInput(Path.of("/dev/null").toFile());
      builder.environment().putAll(environment);
      builder.environment().put("LC_ALL", "C");
      process = builder.start();
    } catch (IOException e) {
      throw new MkfsException(Trouble.NOT_INSTALLED, program + " cannot be run: " + e, e);
    }
    try {
      if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new MkfsException(Trouble.CRASHED, program + " did not end in " + LONGEST);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new MkfsException(Trouble.CRASHED, program + " was interrupted", e);
    }
    if (process.exitValue() != 0) {
      throw new MkfsException(Trouble.TOO_SMALL, program + " failed: " + said(log));
    }
  }

  private static String said(Path log) throws MkfsException {
    try {
      return Files.readString(log, StandardCharsets.UTF_8).strip().replace('\n', ' ');
    } catch (IOException e) {
      throw new MkfsException(Trouble.CRASHED, log + " cannot be read: " + e, e);
    }
  }

  /// Writes all that the program wrote to the medium, and the rest not.
  void pour(BlockDevice medium) throws MkfsException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      for (Extent part : SparseFile.written(file)) {
        pour(channel, part, medium);
      }
      medium.force();
    } catch (IOException e) {
      throw new MkfsException(Trouble.CRASHED, file + " cannot be read: " + e, e);
    } catch (MediaException e) {
      throw new MkfsException(Trouble.DEVICE, e.getMessage(), e);
    }
  }

  private static void pour(FileChannel channel, Extent part, BlockDevice medium)
      throws IOException, MediaException {
    ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
    long at = part.physical();
    while (at < part.physicalEnd()) {
      piece.clear().limit((int) Math.min(PIECE, part.physicalEnd() - at));
      while (piece.hasRemaining() && channel.read(piece, at + piece.position()) >= 0) {}
      at += piece.flip().remaining();
      medium.write(at - piece.remaining(), piece);
    }
  }

  @Override
  public void close() throws MkfsException {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new MkfsException(Trouble.CRASHED, file + " cannot be deleted: " + e, e);
    }
  }
}
