package org.diskferry.media.wipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.BlockDevice;
import org.junit.jupiter.api.Test;

class EraserTest {
  private static final Tombstone STONE = new Tombstone("ABCDE", "proof-1", "00ff");

  @Test
  void everyByteReadsZeroAfterwardsAndTheTombstoneIsGone() throws Exception {
    Plate plate = new Plate(9_000_001);

    Erasure erasure = new Eraser(plate, STONE).erase(done -> {});

    assertThat(erasure.bytes()).isEqualTo(9_000_001);
    assertThat(Arrays.equals(plate.bytes, new byte[plate.bytes.length])).isTrue();
    assertThat(Eraser.interrupted(plate)).isEmpty();
  }

  @Test
  void anInterruptionAtAnyStepLeavesTheTombstoneOrTheEnd() throws Exception {
    int steps = countSteps();
    for (int n = 1; n <= steps; n++) {
      Plate plate = new Plate(9_000_001);
      plate.failAt(n);
      assertThatThrownBy(() -> new Eraser(plate, STONE).erase(done -> {}))
          .isInstanceOf(MediaException.class);
      plate.failAt(-1);

      if (n > 1 && n < steps - 3) {
        assertThat(Eraser.interrupted(plate)).as("after step %s", n).contains(STONE);
      }
      new Eraser(plate, STONE).erase(done -> {});
      assertThat(Arrays.equals(plate.bytes, new byte[plate.bytes.length])).isTrue();
    }
  }

  @Test
  void theTombstoneIsSyncedBeforeTheFirstOtherByteIsOverwritten() throws Exception {
    Plate plate = new Plate(9_000_001);

    new Eraser(plate, STONE).erase(done -> {});

    assertThat(plate.calls.subList(0, 3)).containsExactly("write 0", "force", "zero 512");
  }

  @Test
  void aByteThatDoesNotTakeTheZeroIsNamed() {
    Plate plate = new Plate(9_000_001);
    plate.stuckByte = 5_000_000;

    assertThatThrownBy(() -> new Eraser(plate, STONE).erase(done -> {}))
        .isInstanceOf(MediaException.class)
        .hasMessage("byte 5000000: does not read as zero after the erase");
  }

  @Test
  void aTombstoneIsNotSeenInOrdinaryBytes() throws Exception {
    assertThat(Eraser.interrupted(new Plate(4096))).isEmpty();
    assertThat(Eraser.interrupted(new Plate(16))).isEmpty();
  }

  private static int countSteps() throws Exception {
    Plate plate = new Plate(9_000_001);
    new Eraser(plate, STONE).erase(done -> {});
    return plate.calls.size();
  }

  /// A device in memory that can fail at its n-th call and can have a byte that never changes.
  private static final class Plate implements BlockDevice {
    final byte[] bytes;
    final List<String> calls = new ArrayList<>();
    int stuckByte = -1;
    private int failAt = -1;

    Plate(int size) {
      bytes = new byte[size];
      new Random(1).nextBytes(bytes);
    }

    void failAt(int call) {
      failAt = call;
      calls.clear();
    }

    private void count(String call) throws MediaException {
      calls.add(call);
      if (calls.size() == failAt) {
        throw new MediaException(Trouble.UNREADABLE, "pulled");
      }
    }

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public int sectorSize() {
      return 512;
    }

    @Override
    public void read(long offset, ByteBuffer target) throws MediaException {
      if (failAt > 0) {
        count("read " + offset);
      }
      target.put(bytes, (int) offset, target.remaining());
    }

    @Override
    public void write(long offset, ByteBuffer source) throws MediaException {
      count("write " + offset);
      source.get(bytes, (int) offset, source.remaining());
    }

    @Override
    public void zero(long offset, long length) throws MediaException {
      count("zero " + offset);
      for (long i = offset; i < offset + length; i++) {
        if (i != stuckByte) {
          bytes[(int) i] = 0;
        }
      }
    }

    @Override
    public void force() throws MediaException {
      count("force");
    }

    @Override
    public boolean dropCache() throws MediaException {
      count("drop");
      return true;
    }

    @Override
    public void close() {}
  }
}
