package org.diskferry.bench.transfer;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// Files to upload, made once and kept: some large ones, and many small ones in nested directories.
/// The content is random, from fixed seeds.
public final class Corpus {
  private static final int BLOCK = 1 << 20;
  private static final int SMALLEST = 4 << 10;
  private static final int SPREAD = 60 << 10;

  /// Directories of this many files are what cameras and mail programs make.
  private static final int FILES_A_DIRECTORY = 100;

  private final Path root;

  /// Made below `root`.
  public Corpus(Path root) {
    this.root = root;
  }

  /// The directory with so many files of so many MiB.
  public Path large(int count, int mebibytes) throws IOException {
    Path directory = root.resolve("large-" + count + "x" + mebibytes);
    for (int i = 0; i < count; i++) {
      Path file = directory.resolve("file-" + i);
      if (!Files.exists(file)) {
        Files.createDirectories(directory);
        byte[] block = new byte[BLOCK];
        Random random = new Random(i);
        try (OutputStream out = Files.newOutputStream(file)) {
          for (int j = 0; j < mebibytes; j++) {
            random.nextBytes(block);
            out.write(block);
          }
        }
      }
    }
    return directory;
  }

  /// The directory with so many files of 4 to 64 KiB.
  public Path small(int count) throws IOException {
    Path directory = root.resolve("small-" + count);
    if (Files.exists(directory)) {
      return directory;
    }
    Random random = new Random(count);
    for (int i = 0; i < count; i++) {
      Path file =
          directory
              .resolve("d" + i / FILES_A_DIRECTORY / 20)
              .resolve("d" + i / FILES_A_DIRECTORY)
              .resolve("file-" + i + ".bin");
      Files.createDirectories(file.getParent());
      byte[] content = new byte[SMALLEST + random.nextInt(SPREAD)];
      random.nextBytes(content);
      Files.write(file, content);
    }
    return directory;
  }

  /// All files below a directory, in order.
  public static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /// What they have in all.
  public static long bytes(Path directory) throws IOException {
    try {
      return files(directory).stream().mapToLong(Corpus::size).sum();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
