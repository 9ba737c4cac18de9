package org.diskferry.station.dock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.diskferry.job.dispatch.Progress;
import org.diskferry.job.dispatch.Progress.Phase;
import org.junit.jupiter.api.Test;

class SpeedometerTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private final Speedometer speed = new Speedometer();

  private static Progress loading(long files, long bytes) {
    return new Progress(Phase.LOAD, files, 1000, bytes, 100_000);
  }

  private Pace at(long second, Progress progress) {
    return speed.at(START.plusSeconds(second), progress);
  }

  @Test
  void whatWasDoneBeforeTheFirstLookIsNoPace() {
    assertThat(at(0, loading(500, 50_000))).isEqualTo(Pace.NONE);
    assertThat(at(2, loading(502, 50_400))).isEqualTo(new Pace(1, 200));
  }

  @Test
  void onlyTheLastHalfMinuteCounts() {
    at(0, loading(0, 0));
    at(10, loading(100, 50_000));
    at(40, loading(100, 50_000));
    assertThat(at(50, loading(100, 50_000))).isEqualTo(Pace.NONE);
  }

  @Test
  void anotherPhaseBeginsAnew() {
    at(0, loading(0, 0));
    at(2, loading(1000, 100_000));
    Progress verifying = new Progress(Phase.VERIFY, 1, 1000, 100, 100_000);
    assertThat(at(4, verifying)).isEqualTo(Pace.NONE);
  }

  @Test
  void theRestTakesAsLongAsTheSlowerOfFilesAndBytes() {
    assertThat(new Pace(10, 1000).left(loading(900, 0))).contains(Duration.ofSeconds(100));
    assertThat(new Pace(1, 1000).left(loading(500, 90_000))).contains(Duration.ofSeconds(500));
    assertThat(new Pace(10, 1000).left(loading(1000, 100_000))).contains(Duration.ZERO);
  }

  @Test
  void whereNothingMovesNobodySaysWhenItEnds() {
    assertThat(Pace.NONE.left(loading(0, 0))).isEmpty();
    assertThat(new Pace(1, 1).left(new Progress(Phase.SCAN, 0, 0, 0, 0))).isEmpty();
  }
}
