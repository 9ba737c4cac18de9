package org.diskferry.media.fs.ext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Random;
import org.diskferry.media.MediaException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangedMapTest {
  private static final int BLOCKS = 200;
  private static final Geometry GEOMETRY = new Geometry(1024, 1, 10_000, 1, 8192, 128, 128, 32, 2);
  private static final Inode INODE = new Inode(12, ByteBuffer.allocate(128));

  private static ChangedMap map() {
    return new ChangedMap(GEOMETRY, INODE, _ -> true);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void rangesInAnyOrderGiveWhatALongTableGives(int seed) throws Exception {
    Random random = new Random(seed);
    ChangedMap map = map();
    long[] expected = new long[BLOCKS];
    for (int i = 0; i < 400; i++) {
      int from = random.nextInt(BLOCKS);
      int count = 1 + random.nextInt(Math.min(30, BLOCKS - from));
      boolean isAdded = random.nextBoolean();
      int physical = 1 + random.nextInt(5_000);
      map.apply(
          isAdded
              ? new FastCommit.RangeAdded(12, new Run(from, physical, count, true))
              : new FastCommit.RangeDeleted(12, from, count));
      for (int at = from; at < from + count; at++) {
        expected[at] = isAdded ? physical + (at - from) : 0;
      }
      assertThat(table(map)).isEqualTo(expected);
    }
  }

  private static long[] table(ChangedMap map) {
    long[] table = new long[BLOCKS];
    long end = 0;
    for (Run run : map.runs()) {
      assertThat(run.logical()).isGreaterThanOrEqualTo(end);
      end = run.logicalEnd();
      for (long at = run.logical(); at < end; at++) {
        table[(int) at] = run.physical() + (at - run.logical());
      }
    }
    return table;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 9_999, Long.MAX_VALUE >>> 16})
  void aRangeThatLeavesTheVolumeIsRefused(long physical) {
    FastCommit range = new FastCommit.RangeAdded(12, new Run(0, physical, 2, true));
    assertThatThrownBy(() -> map().apply(range))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("inode 12: a fast commit puts its blocks 0+2 at block " + physical);
  }
}
