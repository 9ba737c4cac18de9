package org.diskferry.tool.disk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Names, one after the other in large blocks: a name costs its bytes and no object.
final class NameHeap {
  private static final int BLOCK = 1 << 20;

  private final List<byte[]> blocks = new ArrayList<>();
  private int used = BLOCK;

  /// Keeps `name`, at most 64 KiB, and answers where it is.
  long add(byte[] name) {
    if (used + name.length > BLOCK) {
      blocks.add(new byte[BLOCK]);
      used = 0;
    }
    System.arraycopy(name, 0, blocks.getLast(), used, name.length);
    long at = ((blocks.size() - 1L) << 36) | ((long) used << 16) | name.length;
    used += name.length;
    return at;
  }

  /// The name that [#add] answered `at` for.
  byte[] name(long at) {
    int start = start(at);
    return Arrays.copyOfRange(block(at), start, start + length(at));
  }

  /// Compares two names by their bytes.
  int compare(long a, long b) {
    int startA = start(a);
    int startB = start(b);
    return Arrays.compareUnsigned(
        block(a), startA, startA + length(a), block(b), startB, startB + length(b));
  }

  private byte[] block(long at) {
    return blocks.get((int) (at >>> 36));
  }

  private static int start(long at) {
    return (int) (at >>> 16) & 0xFFFFF;
  }

  private static int length(long at) {
    return (int) at & 0xFFFF;
  }
}
