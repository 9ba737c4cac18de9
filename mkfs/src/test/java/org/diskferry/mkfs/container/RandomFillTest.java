package org.diskferry.mkfs.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.media.testing.MemoryDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Plugs that are pulled, again and again.
class RandomFillTest {
  private static final int SIZE = 36 << 20;
  private static final long MARK = 8 << 20;

  @TempDir private Path folder;

  @Test
  void whatEverIsLostIsWrittenAgainAndNotMuchMore() throws Exception {
    byte[] medium = new byte[SIZE];
    ContainerState state = new ContainerState(folder);
    state.begin("0".repeat(64), 0);
    int ends = 0;
    long written = 0;
    boolean done = false;
    while (!done) {
      Unplugged device = new Unplugged(medium, 3);
      try {
        new RandomFill(device, new SecureRandom(), ContainerVolumes.Watch.NONE, MARK)
            .goOn(ContainerState.read(folder));
        done = true;
      } catch (MediaException e) {
        ends++;
      }
      written += device.written;
    }

    assertThat(ends).isEqualTo(3);
    assertThat(written).isLessThanOrEqualTo(SIZE + ends * MARK);
    assertThat(ContainerState.read(folder).randomBytes()).isEqualTo(SIZE);
    byte[] zeros = new byte[32];
    for (int at = 0; at < SIZE; at += zeros.length) {
      assertThat(Arrays.equals(medium, at, at + zeros.length, zeros, 0, zeros.length))
          .as("byte %d was left", at)
          .isFalse();
    }
  }

  /// A medium that loses what was not forced when it is gone.
  private static final class Unplugged implements BlockDevice {
    private final byte[] medium;
    private final byte[] cache;
    private final BlockDevice device;
    private int writes;
    private long written;

    private Unplugged(byte[] medium, int writes) {
      this.medium = medium;
      this.cache = medium.clone();
      this.device = new MemoryDevice(cache, 512);
      this.writes = writes;
    }

    @Override
    public void write(long offset, ByteBuffer source) throws MediaException {
      if (writes-- == 0) {
        throw new MediaException(Trouble.GONE, "no power");
      }
      written += source.remaining();
      device.write(offset, source);
    }

    @Override
    public void force() {
      System.arraycopy(cache, 0, medium, 0, cache.length);
    }

    @Override
    public void zero(long offset, long length) throws MediaException {
      device.zero(offset, length);
    }

    @Override
    public boolean dropCache() throws MediaException {
      return device.dropCache();
    }

    @Override
    public long size() {
      return device.size();
    }

    @Override
    public int sectorSize() {
      return device.sectorSize();
    }

    @Override
    public void read(long offset, ByteBuffer target) throws MediaException {
      device.read(offset, target);
    }

    @Override
    public void close() {
      device.close();
    }
  }
}
