package org.diskferry.media.fs.hfsplus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.diskferry.media.testing.MemorySource;
import org.junit.jupiter.api.Test;

/// Newer bytes in place of older ones, whatever their order and overlap.
class ReplayTest {
  private static final int SIZE = 4096;

  @Test
  void readingThroughTheTableIsReadingWhatWasCopied() throws Exception {
    Random random = new Random(11);
    for (int round = 0; round < 300; round++) {
      byte[] bytes = new byte[2 * SIZE];
      random.nextBytes(bytes);
      byte[] model = bytes.clone();
      Replay replay = new Replay();
      for (int i = random.nextInt(40); i > 0; i--) {
        int length = 1 + random.nextInt(600);
        int to = random.nextInt(SIZE - length);
        int from = SIZE + random.nextInt(SIZE - length);
        replay.put(to, length, from);
        System.arraycopy(bytes, from, model, to, length);
      }
      ReplayedSource source = new ReplayedSource(new MemorySource(bytes), replay);
      for (int i = 0; i < 20; i++) {
        int length = random.nextInt(2 * SIZE);
        int at = random.nextInt(2 * SIZE - length);
        byte[] read = new byte[length];
        source.read(at, ByteBuffer.wrap(read));
        assertThat(ByteBuffer.wrap(read)).isEqualTo(ByteBuffer.wrap(model, at, length));
      }
    }
  }
}
