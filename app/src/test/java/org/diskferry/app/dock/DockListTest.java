package org.diskferry.app.dock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.diskferry.app.screen.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.ObjectMapper;

class DockListTest {

  private static String shown(String row) {
    StringWriter out = new StringWriter();
    new DockList().print(new ObjectMapper().readTree("[" + row + "]"), new PrintWriter(out, true));
    return out.toString();
  }

  @Test
  void aDeviceThatIsBeingLoadedShowsHowFastAndHowLong() {
    assertThat(
            shown(
                """
                {"bay":"/dev/sdb","job":"ABCDE","state":"loading","message":"","phase":"LOAD",
                 "doneFiles":10,"files":100,"doneBytes":50,"bytes":100,
                 "filesPerSecond":12.4,"bytesPerSecond":8.5e7,"secondsLeft":130}
                """))
        .contains("load 50 % of 100")
        .contains("MB/s, 12 files/s, 2 min 10 s left");
  }

  @Test
  void whereNothingMovesThereIsNoRateAndNoEnd() {
    assertThat(
            shown(
                """
                {"bay":"/dev/sdb","job":"ABCDE","state":"loading","message":"","phase":"LOAD",
                 "doneFiles":10,"files":100,"doneBytes":50,"bytes":100,
                 "filesPerSecond":0.0,"bytesPerSecond":0.0}
                """))
        .contains("load 50 % of 100")
        .doesNotContain("files/s")
        .doesNotContain("MB/s")
        .doesNotContain("left");
  }

  @ParameterizedTest
  @CsvSource({"PT5S,5 s", "PT2M10S,2 min 10 s", "PT3H5M,3 h 5 min", "PT49H,2 d 1 h"})
  void aSpanHasItsTwoLargestUnits(Duration time, String words) {
    assertThat(Span.of(time)).isEqualTo(words);
  }
}
