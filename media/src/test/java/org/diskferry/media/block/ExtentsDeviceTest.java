package org.diskferry.media.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.diskferry.media.testing.BlockDeviceContract;
import org.diskferry.media.testing.MemoryDevice;
import org.junit.jupiter.api.Test;

/// A device in pieces, the later ones before the earlier ones on their host.
class ExtentsDeviceTest extends BlockDeviceContract {
  private static final int PIECE = 1536;

  @Override
  protected BlockDevice device(byte[] content, Path folder) {
    int pieces = Math.ceilDiv(content.length, PIECE);
    byte[] whole = new byte[(2 * pieces + 1) * PIECE];
    new Random(3).nextBytes(whole);
    List<Extent> runs = new ArrayList<>();
    for (int i = 0; i < pieces; i++) {
      int at = (2 * (pieces - 1 - i) + 1) * PIECE;
      int length = Math.min(PIECE, content.length - i * PIECE);
      System.arraycopy(content, i * PIECE, whole, at, length);
      runs.add(new Extent((long) i * PIECE, at, length));
    }
    return ExtentsDevice.of(new MemoryDevice(whole, 512), runs, 512);
  }

  @Override
  protected boolean endsWithItsClose() {
    return false;
  }

  @Test
  void whatIsWrittenStaysWithinItsRuns() throws Exception {
    byte[] whole = new byte[20 * 512];
    BlockDevice host = new MemoryDevice(whole, 512);
    BlockDevice device =
        ExtentsDevice.of(
            host, List.of(new Extent(0, 5120, 1024), new Extent(1024, 512, 1500)), 512);
    byte[] ones = new byte[2524];
    java.util.Arrays.fill(ones, (byte) 1);

    device.write(0, ByteBuffer.wrap(ones));

    for (int i = 0; i < whole.length; i++) {
      boolean inside = (i >= 5120 && i < 6144) || (i >= 512 && i < 2012);
      assertThat(whole[i]).as("byte %d", i).isEqualTo((byte) (inside ? 1 : 0));
    }
  }

  @Test
  void runsThatFollowEachOtherAreOne() throws Exception {
    byte[] whole = new byte[8192];
    new Random(1).nextBytes(whole);
    BlockDevice device =
        ExtentsDevice.of(
            new MemoryDevice(whole, 4096),
            // Only together do they begin and end with sectors.
            List.of(new Extent(0, 4096, 512), new Extent(512, 4608, 3584)),
            512);
    ByteBuffer target = ByteBuffer.allocate(4096);

    device.read(0, target);

    assertThat(target.array()).isEqualTo(java.util.Arrays.copyOfRange(whole, 4096, 8192));
    assertThat(device.sectorSize()).isEqualTo(512);
  }

  @Test
  void aSliceLiesWhereItIsSaidTo() throws Exception {
    byte[] whole = new byte[4096];
    BlockDevice slice = ExtentsDevice.slice(new MemoryDevice(whole, 512), 1024, 2048);

    slice.write(2047, ByteBuffer.wrap(new byte[] {9}));

    assertThat(slice.size()).isEqualTo(2048);
    assertThat(whole[3071]).isEqualTo((byte) 9);
  }

  @Test
  void runsWithGapsOrHalfSectorsOrOutsideAreTheCallersMistake() {
    BlockDevice host = new MemoryDevice(new byte[4096], 512);
    for (List<Extent> runs :
        List.of(
            List.of(new Extent(512, 0, 512)),
            List.of(new Extent(0, 0, 512), new Extent(1024, 1024, 512)),
            List.of(new Extent(0, 100, 512)),
            List.of(new Extent(0, 0, 500), new Extent(500, 1024, 512)))) {
      assertThatThrownBy(() -> ExtentsDevice.of(host, runs, 512))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> ExtentsDevice.slice(host, 3584, 1024))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
