package org.diskferry.media.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.testing.CpuTime;
import org.diskferry.media.testing.MemorySource;
import org.diskferry.media.testing.TreeSnapshot;

/// A device that holds anything is opened layer by layer and named, or said not to be known.
/// Fuzzed: `JAZZER_FUZZ=1` and `-Dtest=DeviceStackFuzzTest`.
class DeviceStackFuzzTest {
  private static final int DEVICE = 192 << 10;
  private static final int PIECE = 128;
  private static final long MOST_NANOS = 4_000_000_000L;

  /// Where formats keep what they are known by, in the order in which a fuzzer's bytes get there;
  /// from the end where below zero.
  private static final int[] PLACES = {
    0, 448, 1024, 512, 4096, 4080, 0x8000, 0x8800, 0x9000, 0x10000, 0x10040, 2048, 3072, 16_384,
    -512, -1024, -8192, -65_536, 128, 256, 640, 1152, 1536, 6 * 512
  };

  @FuzzTest(maxDuration = "30m")
  void anyDeviceIsOpenedAndNamed(byte[] bytes) throws Exception {
    byte[] device = new byte[DEVICE];
    for (int i = 0; i < PLACES.length && i * PIECE < bytes.length; i++) {
      int at = PLACES[i] < 0 ? DEVICE + PLACES[i] : PLACES[i];
      System.arraycopy(bytes, i * PIECE, device, at, Math.min(PIECE, bytes.length - i * PIECE));
    }
    long start = CpuTime.nanos();
    DeviceStack stack = DeviceStack.open(new MemorySource(device), Bounds.TIGHT);
    assertThat(stack.unread()).noneMatch(String::isBlank);
    for (DataVolume volume : stack.volumes()) {
      scan(volume);
    }
    assertThat(CpuTime.nanos() - start).isLessThan(MOST_NANOS);
  }

  private static void scan(DataVolume volume) {
    try {
      TreeSnapshot.of(volume.tree());
    } catch (MediaException e) {
      assertThat(e.trouble()).isNotEqualTo(Trouble.GONE);
    }
  }
}
