package org.diskferry.station.fill;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.diskferry.station.Digests;

/// From a path to the number of the object that is there, in 12 bytes a path: the first 64 bits of
/// its SHA-256 stand for it. Among a hundred million paths the chance that two are taken for one is
/// 1 in 3,000; the device would then be held, not sent.
final class PathIndex {
  private static final int FIRST_SLOTS = 1 << 10;
  private static final int FREE = -1;

  private final MessageDigest sha256 = Digests.sha256();
  private long[] hashes = new long[FIRST_SLOTS];
  private int[] numbers = free(FIRST_SLOTS);
  private int used;

  private static int[] free(int slots) {
    int[] numbers = new int[slots];
    Arrays.fill(numbers, FREE);
    return numbers;
  }

  /// Puts `number` at `path`.
  void put(String path, int number) {
    if (used * 2 > numbers.length) {
      grow();
    }
    place(hashes, numbers, hash(path), number);
    used++;
  }

  /// The number at `path`; -1 where there is none.
  int find(String path) {
    long hash = hash(path);
    int slot = first(hash, numbers.length);
    while (numbers[slot] != FREE && hashes[slot] != hash) {
      slot = (slot + 1) & (numbers.length - 1);
    }
    return numbers[slot];
  }

  private void grow() {
    int slots = Math.multiplyExact(numbers.length, 2);
    long[] moreHashes = new long[slots];
    int[] moreNumbers = free(slots);
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] != FREE) {
        place(moreHashes, moreNumbers, hashes[i], numbers[i]);
      }
    }
    hashes = moreHashes;
    numbers = moreNumbers;
  }

  private static void place(long[] hashes, int[] numbers, long hash, int number) {
    int slot = first(hash, numbers.length);
    while (numbers[slot] != FREE) {
      slot = (slot + 1) & (numbers.length - 1);
    }
    hashes[slot] = hash;
    numbers[slot] = number;
  }

  private static int first(long hash, int slots) {
    return (int) hash & (slots - 1);
  }

  private long hash(String path) {
    return ByteBuffer.wrap(sha256.digest(path.getBytes(StandardCharsets.UTF_8))).getLong();
  }
}
