package org.diskferry.media.block.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.wipe.Eraser;
import org.diskferry.media.wipe.Tombstone;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real files and real loop devices.
class DevicesTest {
  private static final int SIZE = 5_000_192;

  @TempDir Path folder;
  private final byte[] bytes = new byte[SIZE];
  private Path image;

  @BeforeEach
  void makeImage() throws IOException {
    new Random(7).nextBytes(bytes);
    image = Files.write(folder.resolve("a disk.img"), bytes);
  }

  @Test
  void anImageIsReadAtAnyPositionIntoAnyBuffer() throws Exception {
    try (BlockSource source = Devices.openForReading(image)) {
      assertReads(source);
    }
  }

  @Test
  void readsPastTheCacheGiveTheSameBytes() throws Exception {
    try (BlockDevice device = Devices.openExclusively(image)) {
      device.dropCache();
      assertReads(device);
    }
  }

  @Test
  void whatIsWrittenIsOnTheMediumAfterForce() throws Exception {
    try (BlockDevice device = Devices.openExclusively(image)) {
      device.write(1_000_003, ByteBuffer.wrap("hello".getBytes(StandardCharsets.US_ASCII)));
      device.zero(2_000_000, 1_500_000);
      device.force();
    }
    byte[] now = Files.readAllBytes(image);
    assertThat(new String(now, 1_000_003, 5, StandardCharsets.US_ASCII)).isEqualTo("hello");
    for (int i = 2_000_000; i < 3_500_000; i++) {
      assertThat(now[i]).isZero();
    }
    assertThat(now[3_500_000]).isEqualTo(bytes[3_500_000]);
    assertThat(now[1_999_999]).isEqualTo(bytes[1_999_999]);
  }

  @Test
  void aSecondExclusiveOpenIsRefused() throws Exception {
    try (BlockDevice first = Devices.openExclusively(image)) {
      assertThat(first.size()).isEqualTo(SIZE);
      assertThatThrownBy(() -> Devices.openExclusively(image))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("in use by another process");
    }
    Devices.openExclusively(image).close();
  }

  @Test
  void aFolderAndACharacterDeviceAreNoMedia() {
    assertThatThrownBy(() -> Devices.openForReading(folder)).hasMessageContaining("neither");
    assertThatThrownBy(() -> Devices.openForReading(Path.of("/dev/null")))
        .hasMessageContaining("neither");
  }

  @Test
  void anImageKeepsItsIdentityUnderAnotherName() throws Exception {
    Identity before = Devices.identify(image);
    Path link = Files.createSymbolicLink(folder.resolve("link"), image);
    assertThat(Devices.identify(link)).isEqualTo(before);
    Path moved = Files.move(image, folder.resolve("moved.img"));
    assertThat(Devices.identify(moved).fingerprint()).isEqualTo(before.fingerprint());
  }

  @Test
  void aLoopDeviceIsADiskThatIsErasedAndReadBack() throws Exception {
    String loop = attachLoop();
    try {
      assertThatThrownBy(() -> Devices.openExclusively(image))
          .hasMessageContaining("is attached as " + loop);
      try (BlockDevice device = Devices.openExclusively(Path.of(loop))) {
        long size = SIZE - SIZE % 512;
        assertThat(device.size()).isEqualTo(size);
        new Eraser(device, new Tombstone("ABCDE", "p", "00")).erase(done -> {});
      }
    } finally {
      run("losetup", "-d", loop);
    }
    assertThat(Files.readAllBytes(image)).startsWith(new byte[SIZE - SIZE % 512]);
  }

  @Test
  void aMountedDiskIsRefusedAndTheMountNamed() throws Exception {
    Files.write(image, new byte[8 << 20]);
    run("mke2fs", "-q", "-F", image.toString());
    String loop = attachLoop();
    Path mount = Files.createDirectory(folder.resolve("mnt"));
    run("mount", loop, mount.toString());
    try {
      assertThatThrownBy(() -> Devices.openExclusively(Path.of(loop)))
          .hasMessageContaining("is mounted at " + mount);
      Path link = Files.createSymbolicLink(folder.resolve("innocent.img"), Path.of(loop));
      assertThatThrownBy(() -> Devices.openExclusively(link))
          .hasMessageContaining("is mounted at " + mount);
    } finally {
      run("umount", mount.toString());
      run("losetup", "-d", loop);
    }
  }

  private void assertReads(BlockSource source) throws Exception {
    assertThat(source.size()).isEqualTo(SIZE);
    int[][] ranges = {{0, 1}, {0, 512}, {511, 2}, {4095, 4098}, {SIZE - 1, 1}, {12_345, 3_000_000}};
    for (int[] range : ranges) {
      for (ByteBuffer target :
          new ByteBuffer[] {ByteBuffer.allocate(range[1]), ByteBuffer.allocateDirect(range[1])}) {
        source.read(range[0], target);
        assertThat(target.flip()).isEqualTo(ByteBuffer.wrap(bytes, range[0], range[1]));
      }
    }
  }

  private String attachLoop() throws Exception {
    Assumptions.assumeTrue(
        Files.isWritable(Path.of("/dev/loop-control")), "not run: loop devices: needs root");
    return run("losetup", "--find", "--show", image.toString()).strip();
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said);
    }
    return said;
  }
}
