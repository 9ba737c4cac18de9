package org.diskferry.media.crypt;

import java.util.Arrays;

/// RIPEMD-160 (Dobbertin, Bosselaers, Preneel: "RIPEMD-160, a strengthened version of RIPEMD",
/// 1996): two lines of 80 steps each on the same block, added up at the end.
final class Ripemd160Kernel implements IntRepetition.Kernel {
  private static final int LENGTH = 5;
  private static final int BLOCK = 16;
  private static final int BITS = (BLOCK + LENGTH) * Integer.SIZE;
  private static final int[] START = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};

  /// Which word of the block each step of the left line takes.
  private static final byte[] LEFT_WORD = {
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, //
    7, 4, 13, 1, 10, 6, 15, 3, 12, 0, 9, 5, 2, 14, 11, 8, //
    3, 10, 14, 4, 9, 15, 8, 1, 2, 7, 0, 6, 13, 11, 5, 12, //
    1, 9, 11, 10, 0, 8, 12, 4, 13, 3, 7, 15, 14, 5, 6, 2, //
    4, 0, 5, 9, 7, 12, 2, 10, 14, 1, 3, 8, 11, 6, 15, 13
  };

  private static final byte[] RIGHT_WORD = {
    5, 14, 7, 0, 9, 2, 11, 4, 13, 6, 15, 8, 1, 10, 3, 12, //
    6, 11, 3, 7, 0, 13, 5, 10, 14, 15, 8, 12, 4, 9, 1, 2, //
    15, 5, 1, 3, 7, 14, 6, 9, 11, 8, 12, 2, 10, 0, 4, 13, //
    8, 6, 4, 1, 3, 11, 15, 0, 5, 12, 2, 13, 9, 7, 10, 14, //
    12, 15, 10, 4, 1, 5, 8, 7, 6, 2, 13, 14, 0, 3, 9, 11
  };

  /// How far each step of the left line rotates.
  private static final byte[] LEFT_TURN = {
    11, 14, 15, 12, 5, 8, 7, 9, 11, 13, 14, 15, 6, 7, 9, 8, //
    7, 6, 8, 13, 11, 9, 7, 15, 7, 12, 15, 9, 11, 7, 13, 12, //
    11, 13, 6, 7, 14, 9, 13, 15, 14, 8, 13, 6, 5, 12, 7, 5, //
    11, 12, 14, 15, 14, 15, 9, 8, 9, 14, 5, 6, 8, 6, 5, 12, //
    9, 15, 5, 11, 6, 8, 13, 12, 5, 12, 13, 14, 11, 8, 5, 6
  };

  private static final byte[] RIGHT_TURN = {
    8, 9, 9, 11, 13, 15, 15, 5, 7, 7, 8, 11, 14, 14, 12, 6, //
    9, 13, 15, 7, 12, 8, 9, 11, 7, 7, 12, 7, 6, 15, 13, 11, //
    9, 7, 15, 11, 8, 6, 6, 14, 12, 13, 5, 14, 13, 13, 7, 5, //
    15, 5, 8, 11, 14, 14, 6, 14, 6, 9, 12, 9, 12, 5, 15, 8, //
    8, 5, 12, 9, 12, 5, 14, 6, 8, 13, 6, 5, 15, 13, 11, 11
  };

  private final int[] block = new int[BLOCK];

  @Override
  public int length() {
    return LENGTH;
  }

  @Override
  public int[] begin(int[] first) {
    System.arraycopy(first, 0, block, 0, BLOCK);
    int[] begun = new int[LENGTH];
    compress(START, begun);
    return begun;
  }

  @Override
  public void finish(int[] begun, int[] message) {
    System.arraycopy(message, 0, block, 0, LENGTH);
    Arrays.fill(block, LENGTH, BLOCK, 0);
    block[LENGTH] = 0x80;
    block[14] = BITS;
    compress(begun, message);
  }

  // Both lines step by step, so that the processor works on them at once; a loop for each of the
  // five functions, which the right line has in the opposite order.
  private void compress(int[] from, int[] to) {
    int[] x = block;
    int a = from[0];
    int b = from[1];
    int c = from[2];
    int d = from[3];
    int e = from[4];
    int f = a;
    int g = b;
    int h = c;
    int i = d;
    int k = e;
    for (int step = 0; step < 16; step++) {
      int left = Integer.rotateLeft(a + (b ^ c ^ d) + x[LEFT_WORD[step] & 15], LEFT_TURN[step]) + e;
      a = e;
      e = d;
      d = Integer.rotateLeft(c, 10);
      c = b;
      b = left;
      int right =
          Integer.rotateLeft(
                  f + (g ^ (h | ~i)) + x[RIGHT_WORD[step] & 15] + 0x50a28be6, RIGHT_TURN[step])
              + k;
      f = k;
      k = i;
      i = Integer.rotateLeft(h, 10);
      h = g;
      g = right;
    }
    for (int step = 16; step < 32; step++) {
      int left =
          Integer.rotateLeft(
                  a + ((b & c) | (~b & d)) + x[LEFT_WORD[step] & 15] + 0x5a827999, LEFT_TURN[step])
              + e;
      a = e;
      e = d;
      d = Integer.rotateLeft(c, 10);
      c = b;
      b = left;
      int right =
          Integer.rotateLeft(
                  f + ((g & i) | (h & ~i)) + x[RIGHT_WORD[step] & 15] + 0x5c4dd124,
                  RIGHT_TURN[step])
              + k;
      f = k;
      k = i;
      i = Integer.rotateLeft(h, 10);
      h = g;
      g = right;
    }
    for (int step = 32; step < 48; step++) {
      int left =
          Integer.rotateLeft(
                  a + ((b | ~c) ^ d) + x[LEFT_WORD[step] & 15] + 0x6ed9eba1, LEFT_TURN[step])
              + e;
      a = e;
      e = d;
      d = Integer.rotateLeft(c, 10);
      c = b;
      b = left;
      int right =
          Integer.rotateLeft(
                  f + ((g | ~h) ^ i) + x[RIGHT_WORD[step] & 15] + 0x6d703ef3, RIGHT_TURN[step])
              + k;
      f = k;
      k = i;
      i = Integer.rotateLeft(h, 10);
      h = g;
      g = right;
    }
    for (int step = 48; step < 64; step++) {
      int left =
          Integer.rotateLeft(
                  a + ((b & d) | (c & ~d)) + x[LEFT_WORD[step] & 15] + 0x8f1bbcdc, LEFT_TURN[step])
              + e;
      a = e;
      e = d;
      d = Integer.rotateLeft(c, 10);
      c = b;
      b = left;
      int right =
          Integer.rotateLeft(
                  f + ((g & h) | (~g & i)) + x[RIGHT_WORD[step] & 15] + 0x7a6d76e9,
                  RIGHT_TURN[step])
              + k;
      f = k;
      k = i;
      i = Integer.rotateLeft(h, 10);
      h = g;
      g = right;
    }
    for (int step = 64; step < 80; step++) {
      int left =
          Integer.rotateLeft(
                  a + (b ^ (c | ~d)) + x[LEFT_WORD[step] & 15] + 0xa953fd4e, LEFT_TURN[step])
              + e;
      a = e;
      e = d;
      d = Integer.rotateLeft(c, 10);
      c = b;
      b = left;
      int right =
          Integer.rotateLeft(f + (g ^ h ^ i) + x[RIGHT_WORD[step] & 15], RIGHT_TURN[step]) + k;
      f = k;
      k = i;
      i = Integer.rotateLeft(h, 10);
      h = g;
      g = right;
    }
    int first = from[0];
    to[0] = from[1] + c + i;
    to[1] = from[2] + d + k;
    to[2] = from[3] + e + f;
    to[3] = from[4] + a + g;
    to[4] = first + b + h;
  }

  @Override
  public void wipe() {
    Arrays.fill(block, 0);
  }
}
