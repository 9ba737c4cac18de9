package org.diskferry.media.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.media.block.BlockSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every [BlockDevice] owes its callers beyond what it owes as a [BlockSource].
public abstract class BlockDeviceContract extends BlockSourceContract {
  @TempDir private Path folder;

  /// A device with exactly these bytes.
  protected abstract BlockDevice device(byte[] content, Path folder) throws Exception;

  @Override
  protected final BlockSource source(byte[] content, Path where) throws Exception {
    return device(content, where);
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static byte[] all(BlockDevice device) throws MediaException {
    ByteBuffer all = ByteBuffer.allocate((int) device.size());
    device.read(0, all);
    return all.array();
  }

  @Test
  void writesWhatItIsGivenAndNothingBeside() throws Exception {
    byte[] expected = bytes(10_007);
    try (BlockDevice device = device(expected.clone(), folder)) {
      for (int from : new int[] {0, 1, 511, 512, 4096, 9_000, 10_006, 10_007}) {
        for (int length : new int[] {0, 1, 512, 5_000}) {
          byte[] fresh = bytes(Math.min(expected.length - from, length));
          ByteBuffer source = ByteBuffer.wrap(fresh);
          device.write(from, source);
          assertThat(source.hasRemaining()).isFalse();
          System.arraycopy(fresh, 0, expected, from, fresh.length);
          assertThat(all(device)).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void takesDirectBuffersAndRespectsTheirPosition() throws Exception {
    byte[] expected = bytes(4_096);
    byte[] fresh = bytes(3_000);
    try (BlockDevice device = device(expected.clone(), folder)) {
      ByteBuffer source = ByteBuffer.allocateDirect(4_000).put(500, fresh);
      device.write(700, source.position(500).limit(3_500));
      assertThat(source.position()).isEqualTo(3_500);
      System.arraycopy(fresh, 0, expected, 700, fresh.length);
      assertThat(all(device)).isEqualTo(expected);
    }
  }

  @Test
  void zerosARangeAndNothingBeside() throws Exception {
    byte[] expected = bytes(10_007);
    try (BlockDevice device = device(expected.clone(), folder)) {
      for (int[] range : new int[][] {{512, 1_024}, {3, 0}, {4_095, 2_500}, {10_000, 7}}) {
        device.zero(range[0], range[1]);
        Arrays.fill(expected, range[0], range[0] + range[1], (byte) 0);
        assertThat(all(device)).isEqualTo(expected);
      }
    }
  }

  @Test
  void aRangeOutsideIsTheCallersMistakeAndNothingIsWritten() throws Exception {
    byte[] content = bytes(1_000);
    try (BlockDevice device = device(content.clone(), folder)) {
      for (long from : new long[] {-1, 501, 1_001, Long.MAX_VALUE, Long.MIN_VALUE}) {
        assertThatThrownBy(() -> device.write(from, ByteBuffer.allocate(500)))
            .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> device.zero(from, 500))
            .isInstanceOf(IndexOutOfBoundsException.class);
      }
      assertThat(all(device)).isEqualTo(content);
    }
  }

  @Test
  void whatWasForcedIsThereAfterTheCacheWasDropped() throws Exception {
    byte[] content = bytes(8_192);
    try (BlockDevice device = device(new byte[content.length], folder)) {
      device.write(0, ByteBuffer.wrap(content));
      device.force();
      boolean fromMedium = device.dropCache();
      assertThat(all(device)).as("from the medium: " + fromMedium).isEqualTo(content);
    }
  }

  @Test
  void severalThreadsMayWriteEachItsOwnSectors() throws Exception {
    int part = 4_096;
    byte[] expected = bytes(64 * part);
    try (BlockDevice device = device(new byte[expected.length], folder)) {
      List<Integer> done =
          IntStream.range(0, 64).parallel().mapToObj(i -> put(device, expected, i, part)).toList();
      assertThat(done).hasSize(64);
      assertThat(all(device)).isEqualTo(expected);
    }
  }

  private static int put(BlockDevice device, byte[] bytes, int number, int part) {
    try {
      device.write((long) number * part, ByteBuffer.wrap(bytes, number * part, part));
    } catch (MediaException e) {
      throw new AssertionError(e);
    }
    return number;
  }

  @Test
  void writingAfterTheCloseIsGone() throws Exception {
    BlockDevice device = device(bytes(1_024), folder);
    device.close();
    if (endsWithItsClose()) {
      assertThatThrownBy(() -> device.write(0, ByteBuffer.allocate(512)))
          .isInstanceOfSatisfying(
              MediaException.class, e -> assertThat(e.trouble()).isEqualTo(Trouble.GONE));
    }
  }
}
