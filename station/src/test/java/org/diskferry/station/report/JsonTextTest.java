package org.diskferry.station.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plain|\"plain\"",
        "say \"hi\"|\"say \\\"hi\\\"\"",
        "back\\slash|\"back\\\\slash\"",
        "größe|\"größe\"",
        "😀|\"\\ud83d\\ude00\""
      })
  void textIsQuoted(String text, String json) {
    assertThat(JsonText.quoted(text)).isEqualTo(json);
  }

  @org.junit.jupiter.api.Test
  void controlCharactersAreEscaped() {
    assertThat(JsonText.quoted("a\n\r\t\u0001")).isEqualTo("\"a\\n\\r\\t\\u0001\"");
  }
}
