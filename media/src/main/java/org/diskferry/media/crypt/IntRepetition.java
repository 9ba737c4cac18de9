package org.diskferry.media.crypt;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;

/// By a hash of ours whose words have 32 bits.
final class IntRepetition implements Repetition {
  private final Kernel kernel;
  private final int[] inner;
  private final int[] outer;
  private final int[] round;
  private final int[] sum;

  /// A hash, as far as HMAC needs it. Words are little-endian.
  interface Kernel {
    /// Words of the result.
    int length();

    /// What the first block, of 16 words, leaves behind.
    int[] begin(int[] block);

    /// Ends a hash that was begun so with a message of [#length()] words; the result takes the
    /// message's place.
    void finish(int[] begun, int[] message);

    /// Overwrites what is left of messages.
    void wipe();
  }

  /// @param key as long as a block of the hash
  IntRepetition(Kernel kernel, byte[] key) {
    this.kernel = kernel;
    this.inner = begin(key, INNER);
    this.outer = begin(key, OUTER);
    this.round = new int[kernel.length()];
    this.sum = new int[kernel.length()];
  }

  private int[] begin(byte[] key, byte pad) {
    byte[] block = Repetition.padded(key, pad);
    int[] words = new int[block.length / Integer.BYTES];
    words(block).get(words);
    int[] begun = kernel.begin(words);
    Arrays.fill(block, (byte) 0);
    Arrays.fill(words, 0);
    return begun;
  }

  private static IntBuffer words(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
  }

  @Override
  public void repeat(byte[] bytes, byte[] total, int times) {
    words(bytes).get(round);
    words(total).get(sum);
    for (int i = 0; i < times; i++) {
      kernel.finish(inner, round);
      kernel.finish(outer, round);
      for (int j = 0; j < sum.length; j++) {
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
