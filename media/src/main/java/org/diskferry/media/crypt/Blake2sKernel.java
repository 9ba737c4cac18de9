package org.diskferry.media.crypt;

import java.util.Arrays;

/// BLAKE2s with a result of 256 bits and without a key of its own (RFC 7693).
final class Blake2sKernel implements IntRepetition.Kernel {
  private static final int LENGTH = 8;
  private static final int BLOCK = 16;

  /// A result of 32 bytes, no key, one leaf of a tree of one level.
  private static final int PARAMETERS = 0x01010000 | 32;

  private static final int[] START = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
  };

  /// Which words of the block each of ten rounds takes.
  private static final byte[] ORDER = {
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, //
    14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3, //
    11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4, //
    7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8, //
    9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13, //
    2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9, //
    12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11, //
    13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10, //
    6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5, //
    10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0
  };

  private final int[] block = new int[BLOCK];

  @Override
  public int length() {
    return LENGTH;
  }

  @Override
  public int[] begin(int[] first) {
    System.arraycopy(first, 0, block, 0, BLOCK);
    int[] start = START.clone();
    start[0] ^= PARAMETERS;
    int[] begun = new int[LENGTH];
    compress(start, BLOCK * Integer.BYTES, 0, begun);
    return begun;
  }

  @Override
  public void finish(int[] begun, int[] message) {
    System.arraycopy(message, 0, block, 0, LENGTH);
    Arrays.fill(block, LENGTH, BLOCK, 0);
    compress(begun, (BLOCK + LENGTH) * Integer.BYTES, -1, message);
  }

  // The matrix of the standard by its rows a, b, c, d: first all columns, then all diagonals, four
  // of each at once.
  private void compress(int[] from, int count, int last, int[] to) {
    int[] m = block;
    int a0 = from[0];
    int a1 = from[1];
    int a2 = from[2];
    int a3 = from[3];
    int b0 = from[4];
    int b1 = from[5];
    int b2 = from[6];
    int b3 = from[7];
    int c0 = START[0];
    int c1 = START[1];
    int c2 = START[2];
    int c3 = START[3];
    int d0 = START[4] ^ count;
    int d1 = START[5];
    int d2 = START[6] ^ last;
    int d3 = START[7];
    for (int r = 0; r < ORDER.length; r += BLOCK) {
      a0 += b0 + m[ORDER[r] & 15];
      a1 += b1 + m[ORDER[r + 2] & 15];
      a2 += b2 + m[ORDER[r + 4] & 15];
      a3 += b3 + m[ORDER[r + 6] & 15];
      d0 = Integer.rotateRight(d0 ^ a0, 16);
      d1 = Integer.rotateRight(d1 ^ a1, 16);
      d2 = Integer.rotateRight(d2 ^ a2, 16);
      d3 = Integer.rotateRight(d3 ^ a3, 16);
      c0 += d0;
      c1 += d1;
      c2 += d2;
      c3 += d3;
      b0 = Integer.rotateRight(b0 ^ c0, 12);
      b1 = Integer.rotateRight(b1 ^ c1, 12);
      b2 = Integer.rotateRight(b2 ^ c2, 12);
      b3 = Integer.rotateRight(b3 ^ c3, 12);
      a0 += b0 + m[ORDER[r + 1] & 15];
      a1 += b1 + m[ORDER[r + 3] & 15];
      a2 += b2 + m[ORDER[r + 5] & 15];
      a3 += b3 + m[ORDER[r + 7] & 15];
      d0 = Integer.rotateRight(d0 ^ a0, 8);
      d1 = Integer.rotateRight(d1 ^ a1, 8);
      d2 = Integer.rotateRight(d2 ^ a2, 8);
      d3 = Integer.rotateRight(d3 ^ a3, 8);
      c0 += d0;
      c1 += d1;
      c2 += d2;
      c3 += d3;
      b0 = Integer.rotateRight(b0 ^ c0, 7);
      b1 = Integer.rotateRight(b1 ^ c1, 7);
      b2 = Integer.rotateRight(b2 ^ c2, 7);
      b3 = Integer.rotateRight(b3 ^ c3, 7);
      a0 += b1 + m[ORDER[r + 8] & 15];
      a1 += b2 + m[ORDER[r + 10] & 15];
      a2 += b3 + m[ORDER[r + 12] & 15];
      a3 += b0 + m[ORDER[r + 14] & 15];
      d3 = Integer.rotateRight(d3 ^ a0, 16);
      d0 = Integer.rotateRight(d0 ^ a1, 16);
      d1 = Integer.rotateRight(d1 ^ a2, 16);
      d2 = Integer.rotateRight(d2 ^ a3, 16);
      c2 += d3;
      c3 += d0;
      c0 += d1;
      c1 += d2;
      b1 = Integer.rotateRight(b1 ^ c2, 12);
      b2 = Integer.rotateRight(b2 ^ c3, 12);
      b3 = Integer.rotateRight(b3 ^ c0, 12);
      b0 = Integer.rotateRight(b0 ^ c1, 12);
      a0 += b1 + m[ORDER[r + 9] & 15];
      a1 += b2 + m[ORDER[r + 11] & 15];
      a2 += b3 + m[ORDER[r + 13] & 15];
      a3 += b0 + m[ORDER[r + 15] & 15];
      d3 = Integer.rotateRight(d3 ^ a0, 8);
      d0 = Integer.rotateRight(d0 ^ a1, 8);
      d1 = Integer.rotateRight(d1 ^ a2, 8);
      d2 = Integer.rotateRight(d2 ^ a3, 8);
      c2 += d3;
      c3 += d0;
      c0 += d1;
      c1 += d2;
      b1 = Integer.rotateRight(b1 ^ c2, 7);
      b2 = Integer.rotateRight(b2 ^ c3, 7);
      b3 = Integer.rotateRight(b3 ^ c0, 7);
      b0 = Integer.rotateRight(b0 ^ c1, 7);
    }
    to[0] = from[0] ^ a0 ^ c0;
    to[1] = from[1] ^ a1 ^ c1;
    to[2] = from[2] ^ a2 ^ c2;
    to[3] = from[3] ^ a3 ^ c3;
    to[4] = from[4] ^ b0 ^ d0;
    to[5] = from[5] ^ b1 ^ d1;
    to[6] = from[6] ^ b2 ^ d2;
    to[7] = from[7] ^ b3 ^ d3;
  }

  @Override
  public void wipe() {
    Arrays.fill(block, 0);
  }
}
