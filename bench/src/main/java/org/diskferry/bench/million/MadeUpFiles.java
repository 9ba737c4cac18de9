package org.diskferry.bench.million;

import java.nio.ByteBuffer;
import java.time.Instant;

/// Small files, none of which exists: name, size and content follow from the number.
///
/// @param count how many
record MadeUpFiles(int count) {
  static final int A_DIRECTORY = 1000;

  /// Where the content of file `n` begins on the device: `n` times this.
  static final int SLOT = 8192;

  static final Instant TIME = Instant.parse("2009-02-03T21:57:43Z");
  private static final int MOST_BYTES = 4096;

  static int size(int file) {
    return file % MOST_BYTES;
  }

  static byte[] bytes(int file) {
    ByteBuffer bytes = ByteBuffer.allocate(size(file));
    fill((long) file * SLOT, bytes);
    return bytes.array();
  }

  /// What the device holds from byte `position` on.
  static void fill(long position, ByteBuffer target) {
    long at = position;
    while (target.hasRemaining()) {
      target.put((byte) ((at / SLOT * 31 + at) >>> (at & 7)));
      at++;
    }
  }

  static String directory(int file) {
    return "d%06d".formatted(file / A_DIRECTORY);
  }

  static String name(int file) {
    return "f%06d".formatted(file % A_DIRECTORY);
  }

  static String key(int file) {
    return directory(file) + "/" + name(file);
  }

  /// The number of the file with this key.
  static int file(String key) {
    int directory = Integer.parseInt(key.substring(1, 7));
    return directory * A_DIRECTORY + Integer.parseInt(key.substring(9, 15));
  }

  long deviceBytes() {
    return (long) count * SLOT;
  }
}
