package org.diskferry.mkfs.partition;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.media.testing.MemoryDevice;
import org.diskferry.mkfs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The mark, alone and under a table that is being written.
class FillMarkTest {
  private static final FillMark MARK = new FillMark("ABCDE", "0123456789abcdef");

  private static byte[] garbage(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 4096})
  void itIsReadAsItWasWrittenAndTouchesNothingElse(int sector) throws Exception {
    byte[] bytes = garbage(16_384);
    byte[] before = bytes.clone();
    BlockDevice disk = new MemoryDevice(bytes, sector);

    MARK.write(disk);

    assertThat(new String(bytes, 0, 51, US_ASCII))
        .isEqualTo("DISKFERRY FILLING 1\njob:ABCDE\nmac:0123456789abcdef\n");
    assertThat(Arrays.copyOfRange(bytes, 51, 440)).containsOnly(0);
    assertThat(Arrays.copyOfRange(bytes, 440, bytes.length))
        .isEqualTo(Arrays.copyOfRange(before, 440, bytes.length));
    assertThat(FillMark.read(disk)).contains(MARK);
  }

  @Test
  void whereItWasTakenOffThereIsNone() throws Exception {
    byte[] bytes = garbage(1024);
    BlockDevice disk = new MemoryDevice(bytes, 512);
    assertThat(FillMark.read(disk)).isEmpty();
    MARK.write(disk);
    byte[] after = Arrays.copyOfRange(bytes, 440, 1024);

    FillMark.clear(disk);

    assertThat(FillMark.read(disk)).isEmpty();
    assertThat(Arrays.copyOf(bytes, 440)).containsOnly(0);
    assertThat(Arrays.copyOfRange(bytes, 440, 1024)).isEqualTo(after);
  }

  @Test
  void theLongestFits() throws Exception {
    BlockDevice disk = new MemoryDevice(new byte[1024], 512);
    FillMark longest = new FillMark("A".repeat(32), "f".repeat(128));

    longest.write(disk);

    assertThat(FillMark.read(disk)).contains(longest);
  }

  @Test
  void whatIsNotQuiteAMarkIsNone() throws Exception {
    byte[] marked = new byte[1024];
    MARK.write(new MemoryDevice(marked, 512));
    for (int i = 0; i < FillMark.SIZE; i++) {
      byte[] bytes = marked.clone();
      bytes[i] = (byte) (bytes[i] == '\n' ? ' ' : '\n');
      assertThat(FillMark.read(new MemoryDevice(bytes, 512))).as("byte %d", i).isEmpty();
    }
    assertThat(FillMark.read(new MemoryDevice(new byte[100], 512))).isEmpty();
  }

  @Test
  void whatAMarkCannotHoldIsTheCallersMistake() {
    for (String job : new String[] {"", "abcde", "A\nB", "A".repeat(33)}) {
      assertThatThrownBy(() -> new FillMark(job, "00"))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (String mac : new String[] {"", "XX", "0".repeat(129)}) {
      assertThatThrownBy(() -> new FillMark("ABCDE", mac))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 4096})
  void noWriteOfATableEverTakesItAway(int sector) throws Exception {
    byte[] bytes = garbage(8 << 20);
    MemoryDevice memory = new MemoryDevice(bytes, sector);
    MARK.write(memory);
    Watched disk = new Watched(memory);

    SinglePartition.write(disk, FileSystem.EXT4, "ABCDE", new Random(5));

    assertThat(disk.writesOfTheFirstSector).isEqualTo(2);
    assertThat(FillMark.read(memory)).contains(MARK);
    // What a file system that fills the disk begins with is gone: all but the record, the header
    // and the entries is zero, the rest of a large sector too.
    assertThat(Arrays.copyOfRange(bytes, 440, 446)).containsOnly(0);
    assertThat(Arrays.copyOfRange(bytes, 462, 510)).containsOnly(0);
    assertThat(Arrays.copyOfRange(bytes, 510, 512)).containsExactly(0x55, 0xAA);
    assertThat(Arrays.copyOfRange(bytes, 512, sector)).isEqualTo(new byte[sector - 512]);
    assertThat(Arrays.copyOfRange(bytes, 2 * sector + 16_384, 1 << 20)).containsOnly(0);
  }

  /// Whatever reaches the medium of what was written, in whatever order: each write of the first
  /// sector is one sector, and has the mark.
  private static final class Watched implements BlockDevice {
    private final BlockDevice disk;
    private int writesOfTheFirstSector;

    private Watched(BlockDevice disk) {
      this.disk = disk;
    }

    @Override
    public void write(long offset, ByteBuffer source) throws MediaException {
      if (offset < sectorSize()) {
        assertThat(offset).isZero();
        assertThat(source.remaining()).isEqualTo(sectorSize());
        writesOfTheFirstSector++;
      }
      disk.write(offset, source);
      assertThat(FillMark.read(disk)).contains(MARK);
    }

    @Override
    public void zero(long offset, long length) throws MediaException {
      assertThat(offset).isGreaterThanOrEqualTo(sectorSize());
      disk.zero(offset, length);
    }

    @Override
    public void force() throws MediaException {
      disk.force();
    }

    @Override
    public boolean dropCache() throws MediaException {
      return disk.dropCache();
    }

    @Override
    public long size() {
      return disk.size();
    }

    @Override
    public int sectorSize() {
      return disk.sectorSize();
    }

    @Override
    public void read(long offset, ByteBuffer target) throws MediaException {
      disk.read(offset, target);
    }

    @Override
    public void close() {
      disk.close();
    }
  }
}
