package org.diskferry.app.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CapacityTest {
  @ParameterizedTest
  @CsvSource({
    "4TB, 4000000000000",
    "3.6 TiB, 3958241859993",
    "500gb, 500000000000",
    "1 GiB, 1073741824",
    "250MB, 250000000",
    "8MiB, 8388608",
    "4000787030016, 4000787030016",
    "512B, 512"
  })
  void isReadAsPeopleWriteIt(String text, long bytes) {
    assertThat(Capacity.of(text).bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "TB", "4 Tbit", "-4TB", "4,5TB", "4TB!", "99999999999 TB", "1e9"})
  void anythingElseIsNone(String text) {
    assertThatThrownBy(() -> Capacity.of(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
