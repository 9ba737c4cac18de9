package org.diskferry.media.crypt;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Streebog with a result of 512 bits (GOST R 34.11-2012, RFC 6986).
///
/// Each block goes through a function *g* of twelve rounds whose keys come from what was chained
/// and from the number of bits before. At the end *g* takes three more blocks: one that says that
/// nothing is left over, the number of bits, and the sum of all blocks.
final class StreebogKernel implements LongRepetition.Kernel {
  private static final int WORDS = LongRepetition.WORDS;
  private static final int ROUNDS = 12;
  private static final int KEYS = (ROUNDS + 1) * WORDS;
  private static final int BLOCK_BITS = WORDS * Long.SIZE;

  private static final long[] ROWS = StreebogTables.rows();
  private static final long[] CONSTANTS = StreebogTables.constants();

  /// One bit that is set, where a message ends between two blocks.
  private static final long[] REST = {1, 0, 0, 0, 0, 0, 0, 0};

  /// The number of bits of the key's block and the message.
  private static final long[] BITS = {2 * BLOCK_BITS, 0, 0, 0, 0, 0, 0, 0};

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final long[] keys = new long[KEYS];
  private final long[] chained = new long[WORDS];
  private final long[] sum = new long[WORDS];
  private byte[] state = new byte[WORDS * Long.BYTES];
  private byte[] next = new byte[WORDS * Long.BYTES];

  @Override
  public ByteOrder order() {
    return ByteOrder.LITTLE_ENDIAN;
  }

  /// The keys for the second block, which are the same for every message; what the first block
  /// left; and that block, which is the sum so far.
  @Override
  public long[] begin(long[] block) {
    long[] first = new long[WORDS];
    schedule(first, 0, keys);
    encrypt(keys, first, block, first);
    long[] begun = new long[KEYS + 2 * WORDS];
    schedule(first, BLOCK_BITS, begun);
    System.arraycopy(first, 0, begun, KEYS, WORDS);
    System.arraycopy(block, 0, begun, KEYS + WORDS, WORDS);
    Arrays.fill(first, 0);
    return begun;
  }

  @Override
  public void finish(long[] begun, long[] message) {
    System.arraycopy(begun, KEYS, chained, 0, WORDS);
    System.arraycopy(begun, KEYS + WORDS, sum, 0, WORDS);
    add(message);
    add(REST);
    encrypt(begun, chained, message, chained);
    compress(2 * BLOCK_BITS, REST);
    compress(0, BITS);
    compress(0, sum);
    System.arraycopy(chained, 0, message, 0, WORDS);
  }

  private void compress(long bits, long[] block) {
    schedule(chained, bits, keys);
    encrypt(keys, chained, block, chained);
  }

  private void add(long[] block) {
    long carry = 0;
    for (int i = 0; i < WORDS; i++) {
      long once = sum[i] + block[i];
      long twice = once + carry;
      boolean over =
          Long.compareUnsigned(once, block[i]) < 0 || Long.compareUnsigned(twice, once) < 0;
      carry = over ? 1 : 0;
      sum[i] = twice;
    }
  }

  private void schedule(long[] from, long bits, long[] into) {
    for (int i = 0; i < WORDS; i++) {
      LONGS.set(state, i * Long.BYTES, from[i]);
    }
    LONGS.set(state, 0, from[0] ^ bits);
    for (int i = 0; i < WORDS; i++) {
      into[i] = row(state, i);
    }
    for (int at = 0; at < ROUNDS * WORDS; at += WORDS) {
      for (int i = 0; i < WORDS; i++) {
        LONGS.set(state, i * Long.BYTES, into[at + i] ^ CONSTANTS[at + i]);
      }
      for (int i = 0; i < WORDS; i++) {
        into[at + WORDS + i] = row(state, i);
      }
    }
  }

  private void encrypt(long[] by, long[] from, long[] block, long[] result) {
    for (int i = 0; i < WORDS; i++) {
      LONGS.set(state, i * Long.BYTES, block[i] ^ by[i]);
    }
    for (int at = WORDS; at < KEYS; at += WORDS) {
      byte[] in = state;
      for (int i = 0; i < WORDS; i++) {
        LONGS.set(next, i * Long.BYTES, row(in, i) ^ by[at + i]);
      }
      state = next;
      next = in;
    }
    for (int i = 0; i < WORDS; i++) {
      result[i] = (long) LONGS.get(state, i * Long.BYTES) ^ block[i] ^ from[i];
    }
  }

  // Word i of the result has byte i of every word.
  private static long row(byte[] state, int i) {
    return ROWS[state[i] & 255]
        ^ ROWS[0x100 + (state[i + 8] & 255)]
        ^ ROWS[0x200 + (state[i + 16] & 255)]
        ^ ROWS[0x300 + (state[i + 24] & 255)]
        ^ ROWS[0x400 + (state[i + 32] & 255)]
        ^ ROWS[0x500 + (state[i + 40] & 255)]
        ^ ROWS[0x600 + (state[i + 48] & 255)]
        ^ ROWS[0x700 + (state[i + 56] & 255)];
  }

  @Override
  public void wipe() {
    Arrays.fill(keys, 0);
    Arrays.fill(chained, 0);
    Arrays.fill(sum, 0);
    Arrays.fill(state, (byte) 0);
    Arrays.fill(next, (byte) 0);
  }
}
