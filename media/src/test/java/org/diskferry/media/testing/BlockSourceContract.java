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
import org.diskferry.media.block.BlockSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every [BlockSource] owes its callers.
public abstract class BlockSourceContract {
  @TempDir private Path folder;

  /// A source with exactly these bytes.
  protected abstract BlockSource source(byte[] content, Path folder) throws Exception;

  /// Whether closing this source also makes it unreadable; a slice leaves that to its whole.
  protected boolean endsWithItsClose() {
    return true;
  }

  private static byte[] content(int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return content;
  }

  @Test
  void readsWhatIsThereAtAnyPlace() throws Exception {
    byte[] content = content(10_007);
    try (BlockSource source = source(content, folder)) {
      assertThat(source.size()).isEqualTo(content.length);
      for (int from : new int[] {0, 1, 511, 512, 4096, 10_006, 10_007}) {
        for (int length : new int[] {0, 1, 512, 5_000}) {
          int end = Math.min(content.length, from + length);
          ByteBuffer target = ByteBuffer.allocate(end - from);
          source.read(from, target);
          assertThat(target.remaining()).isZero();
          assertThat(target.array()).isEqualTo(Arrays.copyOfRange(content, from, end));
        }
      }
    }
  }

  @Test
  void fillsDirectBuffersAndRespectsTheirPosition() throws Exception {
    byte[] content = content(2_000);
    try (BlockSource source = source(content, folder)) {
      ByteBuffer target = ByteBuffer.allocateDirect(3_000).position(7).limit(1_007);
      source.read(500, target);
      assertThat(target.position()).isEqualTo(1_007);
      byte[] got = new byte[1_000];
      target.get(7, got);
      assertThat(got).isEqualTo(Arrays.copyOfRange(content, 500, 1_500));
      assertThat(target.get(0)).isZero();
    }
  }

  @Test
  void aRangeOutsideIsTheCallersMistake() throws Exception {
    try (BlockSource source = source(content(1_000), folder)) {
      for (long from : new long[] {-1, 501, 1_001, Long.MAX_VALUE, Long.MIN_VALUE}) {
        assertThatThrownBy(() -> source.read(from, ByteBuffer.allocate(500)))
            .isInstanceOf(IndexOutOfBoundsException.class);
      }
    }
  }

  @Test
  void staysUsableAfterAMistake() throws Exception {
    byte[] content = content(1_000);
    try (BlockSource source = source(content, folder)) {
      assertThatThrownBy(() -> source.read(999, ByteBuffer.allocate(2)))
          .isInstanceOf(IndexOutOfBoundsException.class);
      ByteBuffer target = ByteBuffer.allocate(1_000);
      source.read(0, target);
      assertThat(target.array()).isEqualTo(content);
    }
  }

  @Test
  void serveSeveralThreadsAtOnce() throws Exception {
    byte[] content = content(1 << 20);
    try (BlockSource source = source(content, folder)) {
      List<Boolean> same =
          IntStream.range(0, 400).parallel().mapToObj(i -> sameAt(source, content, i)).toList();
      assertThat(same).containsOnly(true);
    }
  }

  private static boolean sameAt(BlockSource source, byte[] content, int i) {
    int from = i * 2_000;
    ByteBuffer target = ByteBuffer.allocate(3_001);
    try {
      source.read(from, target);
    } catch (MediaException e) {
      throw new AssertionError(e);
    }
    return Arrays.equals(target.array(), 0, 3_001, content, from, from + 3_001);
  }

  @Test
  void theSectorIsAPowerOfTwo() throws Exception {
    try (BlockSource source = source(content(4_096), folder)) {
      assertThat(Integer.bitCount(source.sectorSize())).isEqualTo(1);
      assertThat(source.sectorSize()).isBetween(512, 4_096);
    }
  }

  @Test
  void closingTwiceIsHarmlessAndReadingAfterwardsIsGone() throws Exception {
    BlockSource source = source(content(1_000), folder);
    source.close();
    source.close();
    if (endsWithItsClose()) {
      assertThatThrownBy(() -> source.read(0, ByteBuffer.allocate(1)))
          .isInstanceOfSatisfying(
              MediaException.class, e -> assertThat(e.trouble()).isEqualTo(Trouble.GONE));
    }
  }
}
