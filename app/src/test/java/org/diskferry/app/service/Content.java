package org.diskferry.app.service;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// A file of random bytes, which are found again wherever they lie.
final class Content {
  private static final int MIB = 1 << 20;

  /// Enough to be told from everything else.
  private static final int PATTERN = 32;

  private final String name;
  private final byte[] bytes;

  private Content(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes;
  }

  String name() {
    return name;
  }

  byte[] bytes() {
    return bytes;
  }

  /// Of `size` bytes.
  static Content of(String name, int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return new Content(name, bytes);
  }

  /// One for each way into the store: whole from memory, streamed, in parts.
  static List<Content> everyWay() {
    return List.of(
        of("small.bin", 300_000), of("streamed.bin", 3 * MIB + 17), of("parts.bin", 12 * MIB + 17));
  }

  /// Puts it into `tree`.
  void write(Path tree) throws IOException {
    Files.write(Files.createDirectories(tree).resolve(name), bytes);
  }

  /// Where its byte `at` lies in `file`; -1 where it is not there.
  long find(Path file, int at) throws IOException {
    byte[] all = Files.readAllBytes(file);
    byte[] pattern = Arrays.copyOfRange(bytes, at, at + PATTERN);
    for (int i = 0; i + PATTERN <= all.length; i++) {
      if (all[i] == pattern[0] && Arrays.equals(all, i, i + PATTERN, pattern, 0, PATTERN)) {
        return i;
      }
    }
    return -1;
  }

  /// Flips a bit of its byte `at` in `file`, wherever it is there.
  boolean flip(Path file, int at) throws IOException {
    boolean flipped = false;
    for (long position = find(file, at); position >= 0; position = find(file, at)) {
      try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
        open.seek(position);
        int old = open.read();
        open.seek(position);
        open.write(old ^ 1);
      }
      flipped = true;
    }
    return flipped;
  }
}
