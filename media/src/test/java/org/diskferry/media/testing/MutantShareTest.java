package org.diskferry.media.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MutantShareTest {

  @Test
  void allSharesTogetherKeepThePromise() {
    assertThat(Stream.of(MutantShare.values()).mapToInt(MutantShare::count).sum())
        .isGreaterThanOrEqualTo(MutantShare.PROMISED);
  }
}
