package org.diskferry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ObjectKeyTest {
  private static final int[] CORNERS = {
    'a', '/', 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFD, 0xFFFF, 0x10000, 0x10FFFF
  };

  @Test
  void keysAreOrderedByTheirBytes() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      ObjectKey one = some(random);
      ObjectKey two = some(random);
      assertThat(Integer.signum(one.compareTo(two)))
          .as("%s and %s", one, two)
          .isEqualTo(Integer.signum(Arrays.compareUnsigned(one.bytes(), two.bytes())));
    }
  }

  private static ObjectKey some(Random random) {
    StringBuilder text = new StringBuilder();
    int length = 1 + random.nextInt(3);
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(CORNERS[random.nextInt(CORNERS.length)]);
    }
    return new ObjectKey(text.toString());
  }

  @Test
  void aKeyIsNeitherEmptyNorTooLongNorHalfACharacter() {
    assertThatThrownBy(() -> new ObjectKey("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ObjectKey("\u00e9".repeat(513))).hasMessageContaining("1026");
    assertThatThrownBy(() -> new ObjectKey("\uD83D")).isInstanceOf(IllegalArgumentException.class);
  }
}
