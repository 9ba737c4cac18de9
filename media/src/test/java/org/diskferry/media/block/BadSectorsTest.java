package org.diskferry.media.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.diskferry.media.block.BadSectors.Range;
import org.junit.jupiter.api.Test;

class BadSectorsTest {
  private static final long SEED = Long.getLong("diskferry.seed", 20_100_521L);
  private static final int SIZE = 200;

  private final BadSectors bad = new BadSectors();

  @Test
  void rangesThatTouchAreOne() {
    bad.add(512, 1024);
    bad.add(2048, 2560);
    bad.add(1024, 1536);
    assertThat(bad.all()).containsExactly(new Range(512, 1536), new Range(2048, 2560));
    bad.add(0, 4096);
    assertThat(bad.all()).containsExactly(new Range(0, 4096));
  }

  @Test
  void whatIsAskedForIsCutToTheQuestion() {
    bad.add(512, 1024);
    bad.add(2048, 4096);
    assertThat(bad.within(600, 3000, 10))
        .containsExactly(new Range(600, 1024), new Range(2048, 3000));
    assertThat(bad.within(600, 3000, 1)).containsExactly(new Range(600, 1024));
    assertThat(bad.touch(1024, 2048)).isFalse();
    assertThat(bad.touch(1024, 2049)).isTrue();
    assertThat(bad.touch(700, 700)).isFalse();
  }

  @Test
  void itHoldsWhatAListOfBitsHolds() {
    Random random = new Random(SEED);
    BitSet bits = new BitSet();
    for (int i = 0; i < 2_000; i++) {
      int from = random.nextInt(SIZE);
      int to = from + 1 + random.nextInt(20);
      boolean adds = random.nextBoolean();
      if (adds) {
        bad.add(from, to);
      } else {
        bad.remove(from, to);
      }
      bits.set(from, to, adds);
      assertThat(bad.bytes()).isEqualTo(bits.cardinality());
      assertThat(bad.isEmpty()).isEqualTo(bits.isEmpty());
      assertThat(bad.touch(from, from + 7)).isEqualTo(!bits.get(from, from + 7).isEmpty());
    }
  }
}
