package org.diskferry.media.crypt;

import java.nio.ByteOrder;
import java.util.Arrays;

/// Whirlpool (ISO/IEC 10118-3, third version of 2003): a cipher of ten rounds in the mode of
/// Miyaguchi and Preneel.
///
/// A block is a matrix of bytes whose rows are the words. A round replaces bytes, turns each column
/// by its number and mixes each row, which is eight look-ups for a row.
final class WhirlpoolKernel implements LongRepetition.Kernel {
  private static final int ROUNDS = 10;
  private static final int WORDS = LongRepetition.WORDS;
  private static final int KEYS = (ROUNDS + 1) * WORDS;

  /// x^8 modulo the polynomial of the standard.
  private static final int REDUCTION = 0x11d;

  /// First row of the circulant matrix that mixes rows.
  private static final int[] MIXING = {1, 1, 4, 1, 8, 5, 2, 9};

  /// The two small boxes that the substitution is made of.
  private static final int[] E = {1, 11, 9, 12, 13, 6, 15, 3, 14, 8, 7, 4, 10, 2, 5, 0};

  private static final int[] R = {7, 12, 11, 13, 14, 4, 9, 15, 6, 3, 8, 10, 2, 5, 1, 0};

  private static final int[] SUBSTITUTION = substitution();

  /// What a byte of each column adds to its row.
  private static final long[] T0 = table(0);

  private static final long[] T1 = table(1);
  private static final long[] T2 = table(2);
  private static final long[] T3 = table(3);
  private static final long[] T4 = table(4);
  private static final long[] T5 = table(5);
  private static final long[] T6 = table(6);
  private static final long[] T7 = table(7);

  private static final long[] ROUND_CONSTANTS = roundConstants();

  /// The block that ends a hash of two blocks: a bit that is set, and 1024.
  private static final long[] END = {Long.MIN_VALUE, 0, 0, 0, 0, 0, 0, 2L * WORDS * Long.SIZE};

  private final long[] keys = new long[KEYS];

  private static int[] substitution() {
    int[] inverse = new int[E.length];
    for (int i = 0; i < E.length; i++) {
      inverse[E[i]] = i;
    }
    int[] box = new int[256];
    for (int x = 0; x < box.length; x++) {
      int high = E[x >> 4];
      int low = inverse[x & 15];
      int both = R[high ^ low];
      box[x] = E[high ^ both] << 4 | inverse[low ^ both];
    }
    return box;
  }

  private static long[] table(int column) {
    long[] table = new long[SUBSTITUTION.length];
    for (int x = 0; x < table.length; x++) {
      long row = 0;
      for (int factor : MIXING) {
        row = row << 8 | times(SUBSTITUTION[x], factor);
      }
      table[x] = Long.rotateRight(row, 8 * column);
    }
    return table;
  }

  private static int times(int a, int b) {
    int product = 0;
    for (int bits = b; bits > 0; bits >>= 1) {
      product ^= (bits & 1) * a;
      a = a << 1 ^ (a >> 7) * REDUCTION;
    }
    return product;
  }

  private static long[] roundConstants() {
    long[] constants = new long[ROUNDS];
    for (int i = 0; i < ROUNDS * WORDS; i++) {
      constants[i / WORDS] = constants[i / WORDS] << 8 | SUBSTITUTION[i];
    }
    return constants;
  }

  @Override
  public ByteOrder order() {
    return ByteOrder.BIG_ENDIAN;
  }

  /// The keys of the second block's rounds, which are the same for every message.
  @Override
  public long[] begin(long[] block) {
    long[] chained = new long[WORDS];
    schedule(chained, keys);
    encrypt(keys, block, chained);
    long[] begun = new long[KEYS];
    schedule(chained, begun);
    Arrays.fill(chained, 0);
    return begun;
  }

  @Override
  public void finish(long[] begun, long[] message) {
    encrypt(begun, message, message);
    schedule(message, keys);
    encrypt(keys, END, message);
  }

  private static void schedule(long[] chained, long[] keys) {
    System.arraycopy(chained, 0, keys, 0, WORDS);
    long a = chained[0];
    long b = chained[1];
    long c = chained[2];
    long d = chained[3];
    long e = chained[4];
    long f = chained[5];
    long g = chained[6];
    long h = chained[7];
    for (int round = 0; round < ROUNDS; round++) {
      int at = (round + 1) * WORDS;
      keys[at] = row(a, h, g, f, e, d, c, b) ^ ROUND_CONSTANTS[round];
      keys[at + 1] = row(b, a, h, g, f, e, d, c);
      keys[at + 2] = row(c, b, a, h, g, f, e, d);
      keys[at + 3] = row(d, c, b, a, h, g, f, e);
      keys[at + 4] = row(e, d, c, b, a, h, g, f);
      keys[at + 5] = row(f, e, d, c, b, a, h, g);
      keys[at + 6] = row(g, f, e, d, c, b, a, h);
      keys[at + 7] = row(h, g, f, e, d, c, b, a);
      a = keys[at];
      b = keys[at + 1];
      c = keys[at + 2];
      d = keys[at + 3];
      e = keys[at + 4];
      f = keys[at + 5];
      g = keys[at + 6];
      h = keys[at + 7];
    }
  }

  // The first keys are what was chained, which is added at the end once more, as the block is. The
  // words are variables because that is faster by a third than an array.
  private static void encrypt(long[] keys, long[] block, long[] result) {
    long a = block[0] ^ keys[0];
    long b = block[1] ^ keys[1];
    long c = block[2] ^ keys[2];
    long d = block[3] ^ keys[3];
    long e = block[4] ^ keys[4];
    long f = block[5] ^ keys[5];
    long g = block[6] ^ keys[6];
    long h = block[7] ^ keys[7];
    for (int at = WORDS; at < KEYS; at += WORDS) {
      long newA = row(a, h, g, f, e, d, c, b) ^ keys[at];
      long newB = row(b, a, h, g, f, e, d, c) ^ keys[at + 1];
      long newC = row(c, b, a, h, g, f, e, d) ^ keys[at + 2];
      long newD = row(d, c, b, a, h, g, f, e) ^ keys[at + 3];
      long newE = row(e, d, c, b, a, h, g, f) ^ keys[at + 4];
      long newF = row(f, e, d, c, b, a, h, g) ^ keys[at + 5];
      long newG = row(g, f, e, d, c, b, a, h) ^ keys[at + 6];
      h = row(h, g, f, e, d, c, b, a) ^ keys[at + 7];
      a = newA;
      b = newB;
      c = newC;
      d = newD;
      e = newE;
      f = newF;
      g = newG;
    }
    result[0] = a ^ block[0] ^ keys[0];
    result[1] = b ^ block[1] ^ keys[1];
    result[2] = c ^ block[2] ^ keys[2];
    result[3] = d ^ block[3] ^ keys[3];
    result[4] = e ^ block[4] ^ keys[4];
    result[5] = f ^ block[5] ^ keys[5];
    result[6] = g ^ block[6] ^ keys[6];
    result[7] = h ^ block[7] ^ keys[7];
  }

  private static long row(long a, long b, long c, long d, long e, long f, long g, long h) {
    return T0[(int) (a >>> 56)]
        ^ T1[(int) (b >>> 48) & 255]
        ^ T2[(int) (c >>> 40) & 255]
        ^ T3[(int) (d >>> 32) & 255]
        ^ T4[(int) e >>> 24]
        ^ T5[(int) f >>> 16 & 255]
        ^ T6[(int) g >>> 8 & 255]
        ^ T7[(int) h & 255];
  }

  @Override
  public void wipe() {
    Arrays.fill(keys, 0);
  }
}
