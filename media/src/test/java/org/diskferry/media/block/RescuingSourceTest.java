package org.diskferry.media.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.BadSectors.Range;
import org.diskferry.media.testing.BlockSourceContract;
import org.diskferry.media.testing.FaultyBlockSource;
import org.diskferry.media.testing.MemorySource;
import org.junit.jupiter.api.Test;

class RescuingSourceTest extends BlockSourceContract {
  private static final int SECTOR = 512;
  private static final int MIB = 1 << 20;

  private final byte[] bytes = new byte[4 * MIB];
  private final FaultyBlockSource device = new FaultyBlockSource(new MemorySource(bytes));

  RescuingSourceTest() {
    new Random(7).nextBytes(bytes);
  }

  @Override
  protected BlockSource source(byte[] content, Path folder) {
    return rescuing(new MemorySource(content));
  }

  private static RescuingSource rescuing(BlockSource device) {
    return new RescuingSource(device, RescueLimits.DEFAULT, System::nanoTime);
  }

  private static byte[] read(BlockSource source, int from, int length) throws MediaException {
    ByteBuffer target = ByteBuffer.allocate(length);
    source.read(from, target);
    assertThat(target.hasRemaining()).isFalse();
    return target.array();
  }

  @Test
  void aBadSectorIsFoundInALargeReadAndNothingElseIsBad() throws Exception {
    device.failAt(1_000_000, 1);
    RescuingSource source = rescuing(device);

    assertThatThrownBy(() -> read(source, 100, MIB))
        .isInstanceOfSatisfying(
            MediaException.class, e -> assertThat(e.trouble()).isEqualTo(Trouble.UNREADABLE))
        .hasMessage("sector 1953: unreadable");

    assertThat(source.bad().all()).containsExactly(new Range(1953 * SECTOR, 1954 * SECTOR));
    int behind = 1954 * SECTOR;
    assertThat(read(source, behind, 5000))
        .isEqualTo(Arrays.copyOfRange(bytes, behind, behind + 5000));
    assertThat(read(source, 0, 1953 * SECTOR))
        .isEqualTo(Arrays.copyOfRange(bytes, 0, 1953 * SECTOR));
  }

  @Test
  void whatIsBadIsNotAskedForAgain() {
    device.failAt(5 * SECTOR, SECTOR);
    RescuingSource source = rescuing(device);
    assertThatThrownBy(() -> read(source, 0, 4096)).isInstanceOf(MediaException.class);
    long reads = device.reads();
    assertThatThrownBy(() -> read(source, 5 * SECTOR + 3, 4)).hasMessage("sector 5: unreadable");
    assertThat(device.reads()).isEqualTo(reads);
  }

  @Test
  void aSectorThatAnswersAtLastIsRead() throws Exception {
    device.failRead(1);
    RescuingSource source = rescuing(device);
    assertThat(read(source, 300, 700)).isEqualTo(Arrays.copyOfRange(bytes, 300, 1000));
    assertThat(source.bad().isEmpty()).isTrue();
  }

  @Test
  void neighboursAndTheLastUnevenSectorAreNamed() {
    byte[] uneven = new byte[1300];
    var faulty = new FaultyBlockSource(new MemorySource(uneven)).failAt(600, 700);
    RescuingSource source = rescuing(faulty);
    assertThatThrownBy(() -> read(source, 0, 1300)).hasMessage("sectors 1 to 2: unreadable");
    assertThat(source.bad().all()).containsExactly(new Range(512, 1300));
  }

  @Test
  void whatIsPutOffIsNotNarrowedDown() throws Exception {
    device.failAt(0, 1);
    RescuingSource source = rescuing(device);
    source.putOff(true);
    assertThatThrownBy(() -> read(source, 0, MIB)).isInstanceOf(MediaException.class);
    assertThat(device.reads()).isEqualTo(1);
    assertThat(source.bad().isEmpty()).isTrue();
    source.putOff(false);
    assertThatThrownBy(() -> read(source, 0, MIB)).hasMessage("sector 0: unreadable");
  }

  @Test
  void aDeviceThatIsGoneIsNotAskedTwice() {
    device.vanishAfter(0);
    RescuingSource source = rescuing(device);
    assertThatThrownBy(() -> read(source, 0, MIB))
        .isInstanceOfSatisfying(
            MediaException.class, e -> assertThat(e.trouble()).isEqualTo(Trouble.GONE));
    assertThat(device.reads()).isEqualTo(1);
  }

  @Test
  void whenTheRetriesAreUsedUpAReadThatFailsIsBadAsAWhole() throws Exception {
    device.failAt(0, MIB).failAt(2 * MIB, 1);
    RescueLimits limits = new RescueLimits(3, 50, Duration.ofHours(1), Duration.ofHours(2));
    RescuingSource source = new RescuingSource(device, limits, System::nanoTime);
    assertThatThrownBy(() -> read(source, 0, MIB)).isInstanceOf(MediaException.class);
    assertThat(device.reads()).isLessThan(60);
    long reads = device.reads();
    assertThatThrownBy(() -> read(source, 2 * MIB, MIB)).isInstanceOf(MediaException.class);
    assertThat(device.reads()).isEqualTo(reads + 1);
    assertThat(source.bad().all()).containsExactly(new Range(0, MIB), new Range(2 * MIB, 3 * MIB));
    assertThat(read(source, MIB, MIB)).isEqualTo(Arrays.copyOfRange(bytes, MIB, 2 * MIB));
  }

  @Test
  void aDeviceThatFailsForTooLongCountsAsGone() {
    device.failAt(0, MIB);
    AtomicLong clock = new AtomicLong();
    RescueLimits limits = new RescueLimits(3, 1000, Duration.ofSeconds(5), Duration.ofSeconds(60));
    RescuingSource source =
        new RescuingSource(device, limits, () -> clock.addAndGet(5_000_000_000L));
    for (int i = 0; i < 10; i++) {
      int at = i * 65_536;
      assertThatThrownBy(() -> read(source, at, 4096))
          .satisfies(e -> assertThat(((MediaException) e).trouble()).isEqualTo(Trouble.UNREADABLE));
    }
    for (int at : new int[] {MIB - 4096, 2 * MIB}) {
      assertThatThrownBy(() -> read(source, at, 4096))
          .satisfies(e -> assertThat(((MediaException) e).trouble()).isEqualTo(Trouble.GONE))
          .hasMessageContaining("PT1M");
    }
  }
}
