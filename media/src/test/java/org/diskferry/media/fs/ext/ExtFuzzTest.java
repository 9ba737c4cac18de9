package org.diskferry.media.fs.ext;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diskferry.media.testing.MemorySource;
import org.diskferry.media.testing.PatchedSource;

/// Whatever a disk says, reading it ends.
class ExtFuzzTest {
  private static final int BLOCK = 1024;
  private static final int MOST_PATCHES = 12;
  private static final long MOST_NANOS = 10_000_000_000L;

  /// A sound image with some of its bytes changed, wherever it has any.
  @FuzzTest(maxDuration = "60s")
  void anImageThatWasChangedIsReadOrRefused(FuzzedDataProvider data) throws Exception {
    byte[] image = SmallDisk.bytes();
    List<Integer> blocks = blocksWithContent(image);
    PatchedSource changed = new PatchedSource(new MemorySource(image));
    for (int i = data.consumeInt(1, MOST_PATCHES); i > 0; i--) {
      int block = blocks.get(data.consumeInt(0, blocks.size() - 1));
      int at = data.consumeInt(0, BLOCK - Long.BYTES);
      byte[] value = new byte[Long.BYTES];
      ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).putLong(data.consumeLong());
      changed.put((long) block * BLOCK + at, Arrays.copyOf(value, data.consumeInt(1, Long.BYTES)));
    }
    long start = System.nanoTime();
    SmallDisk.readAll(changed);
    assertThat(System.nanoTime() - start).isLessThan(MOST_NANOS);
  }

  private static List<Integer> blocksWithContent(byte[] image) {
    List<Integer> blocks = new ArrayList<>();
    for (int block = 0; block < image.length / BLOCK; block++) {
      for (int at = block * BLOCK; at < (block + 1) * BLOCK; at++) {
        if (image[at] != 0) {
          blocks.add(block);
          break;
        }
      }
    }
    return blocks;
  }

  /// Any bytes behind a boot block.
  @FuzzTest(maxDuration = "60s")
  void anyBytesAreReadOrRefused(byte[] bytes) throws Exception {
    byte[] volume = new byte[BLOCK + bytes.length];
    System.arraycopy(bytes, 0, volume, BLOCK, bytes.length);
    MemorySource source = new MemorySource(volume);
    assertThat(Ext.recognises(source)).isIn(true, false);
    SmallDisk.readAll(source);
  }
}
