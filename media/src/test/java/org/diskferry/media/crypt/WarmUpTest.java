package org.diskferry.media.crypt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WarmUpTest {
  @Test
  void somethingIsDecryptedAndItComesToAnEnd() {
    assertThat(WarmUp.run()).isPositive().isLessThanOrEqualTo(400L << 20);
  }
}
