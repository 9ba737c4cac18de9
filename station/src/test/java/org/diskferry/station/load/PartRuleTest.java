package org.diskferry.station.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartRuleTest {
  private static final long MIB = 1 << 20;

  @ParameterizedTest
  @CsvSource({
    "1, 16, 1",
    "16777216, 16, 1",
    "16777217, 16, 2",
    "167772160000, 16, 10000",
    "167772160001, 17, 9412",
    "5497558138880, 525, 9987"
  })
  void aFileHasAtMostTenThousandPartsOfWholeMebibytes(long size, long partMib, int count) {
    PartRule rule = PartRule.of(size, 16 * MIB);
    assertThat(rule).isEqualTo(new PartRule(partMib * MIB, count));
    assertThat(rule.start(count) + rule.length(count, size)).isEqualTo(size);
  }
}
