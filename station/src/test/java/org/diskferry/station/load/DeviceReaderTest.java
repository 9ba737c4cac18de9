package org.diskferry.station.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.diskferry.media.MediaException;
import org.junit.jupiter.api.Test;

class DeviceReaderTest {

  @Test
  void requestsAreServedUpwardsFromTheHeadAndThenFromTheStart() throws Exception {
    List<Long> served = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch gate = new CountDownLatch(1);
    try (DeviceReader reader = new DeviceReader()) {
      CompletableFuture<Boolean> busy =
          reader.ask(
              50,
              () -> {
                try {
                  gate.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                return true;
              });
      while (!busy.isDone() && served.isEmpty() && gate.getCount() > 0) {
        for (long address : new long[] {10, 70, 60, 20}) {
          CompletableFuture<Boolean> asked = reader.ask(address, () -> served.add(address));
          assertThat(asked.isDone()).isFalse();
        }
        gate.countDown();
      }
    }
    assertThat(served).containsExactly(60L, 70L, 10L, 20L);
  }

  @Test
  void theTroubleOfTheDeviceReachesWhoAsked() {
    try (DeviceReader reader = new DeviceReader()) {
      assertThatThrownBy(() ->
              reader.await(
                  0,
                  () -> {
                    throw MediaException.damaged("byte 0: odd");
                  }))
          .isInstanceOf(MediaException.class)
          .hasMessage("byte 0: odd");
    }
  }

  @Test
  void aClosedReaderTakesNothingMore() {
    DeviceReader reader = new DeviceReader();
    reader.close();
    assertThatThrownBy(() -> reader.ask(0, () -> true)).isInstanceOf(IllegalStateException.class);
  }
}
