package org.diskferry.station.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.diskferry.media.MediaException;
import org.junit.jupiter.api.Test;

class DeviceReaderTest {

  @Test
  void requestsAreServedUpwardsFromTheHeadAndThenFromTheStart() throws Exception {
    List<Long> served = Collections.synchronizedList(new ArrayList<>());
    List<CompletableFuture<Boolean>> asked = new ArrayList<>();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    try (DeviceReader reader = new DeviceReader(() -> 0)) {
      asked.add(reader.ask(50, () -> pass(begun, gate)));
      begun.await();
      for (long address : new long[] {10, 70, 60, 20}) {
        asked.add(reader.ask(address, () -> served.add(address)));
      }
      gate.countDown();
    }
    assertThat(asked).allMatch(CompletableFuture::isDone);
    assertThat(served).containsExactly(60L, 70L, 10L, 20L);
  }

  @Test
  void whoHasWaitedLongGoesFirst() throws Exception {
    List<Long> served = Collections.synchronizedList(new ArrayList<>());
    AtomicLong nanos = new AtomicLong();
    List<CompletableFuture<Boolean>> asked = new ArrayList<>();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    try (DeviceReader reader = new DeviceReader(nanos::get)) {
      asked.add(reader.ask(50, () -> pass(begun, gate)));
      begun.await();
      asked.add(reader.ask(10, () -> served.add(10L)));
      nanos.addAndGet(1_000_000_000L);
      asked.add(reader.ask(60, () -> served.add(60L)));
      gate.countDown();
    }
    assertThat(asked).allMatch(CompletableFuture::isDone);
    assertThat(served).containsExactly(10L, 60L);
  }

  private static boolean pass(CountDownLatch begun, CountDownLatch gate) {
    begun.countDown();
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return true;
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
