package org.diskferry.media.fs.hfsplus;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diskferry.media.MediaException;
import org.diskferry.media.testing.MemorySource;
import org.diskferry.media.testing.PatchedSource;

/// Whatever a disk says, reading it ends.
class HfsPlusFuzzTest {
  private static final int PAGE = 512;
  private static final int MOST_PATCHES = 12;
  private static final long MOST_NANOS = 10_000_000_000L;

  /// Sound volumes, and where in them anything stands.
  private static final List<Sound> VOLUMES =
      List.of(Sound.of("hfsplus-hardlinks"), Sound.of("hfsplus-decmpfs"));

  private record Sound(MemorySource bytes, List<Integer> pages) {
    static Sound of(String name) {
      byte[] image = SmallVolume.bytes(name);
      List<Integer> pages = new ArrayList<>();
      byte[] zeros = new byte[PAGE];
      for (int at = 0; at < image.length; at += PAGE) {
        if (!Arrays.equals(image, at, at + PAGE, zeros, 0, PAGE)) {
          pages.add(at);
        }
      }
      return new Sound(new MemorySource(image), pages);
    }
  }

  /// A sound volume with some of its bytes changed, wherever it has any.
  @FuzzTest(maxDuration = "30m")
  void aVolumeThatWasChangedIsReadOrRefused(FuzzedDataProvider data) {
    Sound sound = VOLUMES.get(data.consumeInt(0, VOLUMES.size() - 1));
    PatchedSource changed = new PatchedSource(sound.bytes());
    for (int i = data.consumeInt(1, MOST_PATCHES); i > 0; i--) {
      int page = sound.pages().get(data.consumeInt(0, sound.pages().size() - 1));
      int at = data.consumeInt(0, PAGE - Long.BYTES);
      byte[] value = ByteBuffer.allocate(Long.BYTES).putLong(0, data.consumeLong()).array();
      changed.put(page + at, Arrays.copyOf(value, data.consumeInt(1, Long.BYTES)));
    }
    long start = SmallVolume.cpuNanos();
    SmallVolume.readAll(changed);
    assertThat(SmallVolume.cpuNanos() - start).isLessThan(MOST_NANOS);
  }

  /// Any bytes behind two boot blocks.
  @FuzzTest(maxDuration = "30m")
  void anyBytesAreReadOrRefused(byte[] bytes) throws MediaException {
    byte[] volume = new byte[VolumeHeader.OFFSET + bytes.length];
    System.arraycopy(bytes, 0, volume, VolumeHeader.OFFSET, bytes.length);
    MemorySource source = new MemorySource(volume);
    assertThat(HfsPlus.recognises(source)).isIn(true, false);
    SmallVolume.readAll(source);
  }
}
