package org.diskferry.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThrottleTest {
  private final Throttle throttle = new Throttle(16);

  @Test
  void callsThatAreToldTogetherHalveTheLimitOnce() {
    for (int i = 0; i < 10; i++) {
      throttle.slowDown();
    }
    assertThat(throttle.limit()).isEqualTo(8);
  }

  @Test
  void theLimitComesBackWithSuccesses() {
    throttle.slowDown();
    for (int i = 0; i < 20; i++) {
      throttle.succeeded();
    }
    assertThat(throttle.limit()).isEqualTo(10);
    for (int i = 0; i < 1000; i++) {
      throttle.succeeded();
    }
    assertThat(throttle.limit()).isEqualTo(16);
  }

  @Test
  void nobodyEntersWhereThereIsNoRoom() throws Exception {
    for (int i = 0; i < 16; i++) {
      assertThat(throttle.enter(System.nanoTime())).isTrue();
    }
    assertThat(throttle.enter(System.nanoTime() + 1_000_000)).isFalse();
    throttle.leave();
    assertThat(throttle.enter(System.nanoTime() + 1_000_000)).isTrue();
  }
}
