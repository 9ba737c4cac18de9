package org.diskferry.tool.screen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SizesTest {
  @Test
  void threeDigitsAreShownInTheLargestUnitThatLeavesAtLeastOne() {
    assertThat(Sizes.of(0)).isEqualTo("0 bytes");
    assertThat(Sizes.of(1023)).isEqualTo("1023 bytes");
    assertThat(Sizes.of(1024)).isEqualTo("1.00 KiB");
    assertThat(Sizes.of(1_572_864)).isEqualTo("1.50 MiB");
    assertThat(Sizes.of(40L << 40)).isEqualTo("40.0 TiB");
    assertThat(Sizes.of(Long.MAX_VALUE)).isEqualTo("8192 PiB");
  }
}
