package org.diskferry.station.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.Extent;
import org.diskferry.media.fs.Content;
import org.diskferry.media.fs.ContentReader;
import org.diskferry.station.Digests;
import org.diskferry.station.testing.Bytes;
import org.diskferry.station.testing.FastDirectory;
import org.diskferry.station.testing.ImageDevice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamBodyTest {
  private static final int MIB = 1 << 20;
  private static final int SIZE = 5 * MIB + 99;
  private static final byte[] BYTES = Bytes.seeded(1, SIZE);

  @TempDir(factory = FastDirectory.class)
  Path directory;

  private final DeviceReader reader = new DeviceReader();
  private final Slabs slabs = new Slabs(4 * MIB);
  private final FileSums sums = new FileSums();
  private ImageDevice device;
  private StreamBody body;

  @BeforeEach
  void open() throws Exception {
    java.nio.file.Files.write(directory.resolve("image"), BYTES);
    device = ImageDevice.open(directory.resolve("image"));
    Content content = new Content.Extents(SIZE, List.of(new Extent(0, 0, SIZE)));
    ContentReader reading = new ContentReader(device, content);
    body = new StreamBody(reader, reading, 0, 0, SIZE, sums, slabs, bytes -> {});
  }

  @AfterEach
  void close() {
    body.close();
    reader.close();
    device.close();
    // All memory is given back: else this would wait for ever.
    slabs.give(slabs.take(4 * MIB / Slabs.BYTES));
  }

  private byte[] read(int from, int to) throws IOException {
    ByteBuffer all = ByteBuffer.allocate(to - from);
    Random pieces = new Random(from);
    while (all.position() < to - from) {
      int start = all.position();
      all.limit(Math.min(to - from, start + 1 + pieces.nextInt(300_000)));
      body.read(from + start, all);
      all.limit(all.capacity());
    }
    return all.array();
  }

  @Test
  void itGivesTheFileAndItsSums() throws Exception {
    assertThat(read(0, SIZE)).isEqualTo(BYTES);
    sums.end();
    assertThat(sums.md5()).isEqualTo(HexFormat.of().formatHex(Digests.md5().digest(BYTES)));
    assertThat(body.crc32c()).isEqualTo(sums.crc32c());
  }

  @Test
  void aRetryReadsAgainAndTheSumsCountOnce() throws Exception {
    read(0, 3 * MIB + 5);
    assertThat(read(0, 2 * MIB)).isEqualTo(java.util.Arrays.copyOf(BYTES, 2 * MIB));
    assertThat(read(0, SIZE)).isEqualTo(BYTES);
    sums.end();
    assertThat(sums.bytes()).isEqualTo(SIZE);
    assertThat(sums.md5()).isEqualTo(HexFormat.of().formatHex(Digests.md5().digest(BYTES)));
  }

  @Test
  void aDeviceThatGivesOtherBytesTheSecondTimeIsNotBelieved() throws Exception {
    read(0, 4 * MIB);
    device.flip(MIB + 17);
    assertThatThrownBy(() -> read(0, SIZE))
        .isInstanceOf(IOException.class)
        .hasCauseInstanceOf(MediaException.class)
        .hasMessageContaining("byte 1048576: a second reading gives other bytes");
  }

  @Test
  void theTroubleOfTheDeviceIsTheCause() {
    device.failAt(2 * MIB + 1, 1);
    assertThatThrownBy(() -> read(0, SIZE))
        .isInstanceOf(IOException.class)
        .hasCauseInstanceOf(MediaException.class);
  }
}
