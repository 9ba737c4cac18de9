package org.diskferry.media.fs.hfsplus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Any unsigned 32-bit number, once.
class NumberSetTest {
  @Test
  void itHoldsWhatWasAddedInOrder() {
    Random random = new Random(3);
    NumberSet set = new NumberSet();
    TreeSet<Long> model = new TreeSet<>();
    long near = 0xFFFF_FFFFL;
    for (int i = 0; i < 20_000; i++) {
      long number = i % 3 == 0 ? random.nextLong(1L << 32) : near - random.nextInt(5_000);
      assertThat(set.add(number)).isEqualTo(model.add(number));
      assertThat(set.has(number)).isTrue();
      assertThat(set.has(number ^ 1)).isEqualTo(model.contains(number ^ 1));
    }
    List<Long> all = new ArrayList<>();
    for (long at = set.next(0); at >= 0; at = set.next(at + 1)) {
      all.add(at);
    }
    assertThat(all).isEqualTo(List.copyOf(model));
  }

  @Test
  void anEmptySetHasNoNumber() {
    assertThat(new NumberSet().next(0)).isEqualTo(-1);
  }
}
