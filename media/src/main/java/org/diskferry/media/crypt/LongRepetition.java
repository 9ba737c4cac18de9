package org.diskferry.media.crypt;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.Arrays;

/// By a hash of ours whose blocks and results are eight words of 64 bits.
final class LongRepetition implements Repetition {
  /// Words of a block and of a result.
  static final int WORDS = 8;

  private final Kernel kernel;
  private final long[] inner;
  private final long[] outer;
  private final long[] round = new long[WORDS];
  private final long[] sum = new long[WORDS];

  /// A hash, as far as HMAC needs it.
  interface Kernel {
    /// Of the words in blocks and results.
    ByteOrder order();

    /// What the first block leaves behind: of a length that only the hash knows.
    long[] begin(long[] block);

    /// Ends a hash that was begun so with a message of one block; the result takes its place.
    void finish(long[] begun, long[] message);

    /// Overwrites what is left of messages.
    void wipe();
  }

  /// @param key as long as a block of the hash
  LongRepetition(Kernel kernel, byte[] key) {
    this.kernel = kernel;
    this.inner = begin(key, INNER);
    this.outer = begin(key, OUTER);
  }

  private long[] begin(byte[] key, byte pad) {
    byte[] block = Repetition.padded(key, pad);
    long[] words = new long[WORDS];
    words(block).get(words);
    long[] begun = kernel.begin(words);
    Arrays.fill(block, (byte) 0);
    Arrays.fill(words, 0);
    return begun;
  }

  private LongBuffer words(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(kernel.order()).asLongBuffer();
  }

  @Override
  public void repeat(byte[] bytes, byte[] total, int times) {
    words(bytes).get(round);
    words(total).get(sum);
    for (int i = 0; i < times; i++) {
      kernel.finish(inner, round);
      kernel.finish(outer, round);
      for (int j = 0; j < WORDS; j++) {
        sum[j] ^= round[j];
      }
    }
    words(bytes).put(round);
    words(total).put(sum);
  }

  @Override
  public void close() {
    kernel.wipe();
    Arrays.fill(inner, 0);
    Arrays.fill(outer, 0);
    Arrays.fill(round, 0);
    Arrays.fill(sum, 0);
  }
}
