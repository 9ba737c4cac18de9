package org.diskferry.media.fs.ext;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.diskferry.media.testing.ChangeableImage;
import org.diskferry.media.testing.CpuTime;
import org.diskferry.media.testing.MemorySource;

/// Whatever a disk says, reading it ends. Each is fuzzed by itself: `JAZZER_FUZZ=1` and
/// `-Dtest=ExtFuzzTest#NAME`.
class ExtFuzzTest {
  private static final int BLOCK = 1024;
  private static final ChangeableImage IMAGE =
      ChangeableImage.resource(SmallDisk.class, "small.img.gz");

  /// A sound image with some of its bytes changed, wherever it has any.
  @FuzzTest(maxDuration = "30m")
  void anImageThatWasChangedIsReadOrRefused(byte[] changes) throws Exception {
    long start = CpuTime.nanos();
    SmallDisk.readAll(IMAGE.changed(changes));
    assertThat(CpuTime.nanos() - start).isLessThan(SmallDisk.MOST_NANOS);
  }

  /// Any bytes behind a boot block.
  @FuzzTest(maxDuration = "30m")
  void anyBytesAreReadOrRefused(byte[] bytes) throws Exception {
    byte[] volume = new byte[BLOCK + bytes.length];
    System.arraycopy(bytes, 0, volume, BLOCK, bytes.length);
    MemorySource source = new MemorySource(volume);
    assertThat(Ext.recognises(source)).isIn(true, false);
    SmallDisk.readAll(source);
  }
}
