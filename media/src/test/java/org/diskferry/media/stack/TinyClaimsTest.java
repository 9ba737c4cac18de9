package org.diskferry.media.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.testing.FaultyBlockSource;
import org.diskferry.media.testing.MadeDisk;
import org.diskferry.media.testing.MemorySource;
import org.diskferry.media.testing.Tool;
import org.diskferry.media.testing.TreeSnapshot;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The first kilobytes of a disk that say that it has 16 TB cost nothing: reads and memory are
/// counted, with the bounds that hold in earnest.
class TinyClaimsTest {
  private static final int MIB = 1 << 20;
  private static final long MOST_READS = 200;
  private static final long MOST_BYTES = 16L * MIB;

  @TempDir private Path folder;

  /// A format's disk and what makes it claim 16 TB.
  ///
  /// @param kept bytes that are left of it: 1 KiB, or what the format's first structure needs
  record Claim(String name, int kept, Making made, Lie lie) {
    @Override
    public String toString() {
      return name;
    }
  }

  /// Makes a sound image.
  @FunctionalInterface
  interface Making {
    Path make(Path image) throws Exception;
  }

  /// Changes its first bytes.
  @FunctionalInterface
  interface Lie {
    void tell(ByteBuffer head);
  }

  static Stream<Claim> claims() {
    return Stream.of(
        // 2^32 clusters of 4 KiB; 2^32 - 1 inodes. The superblock ends at 2 KiB.
        new Claim(
            "ext4",
            2048,
            image -> MadeDisk.format(image, 4 * MIB, "mke2fs", "-q", "-F", "-b", "4096"),
            head ->
                head.putInt(1024 + 0x60, 0x2)
                    .putInt(1024 + 0x64, 0)
                    .putInt(1024, -8192)
                    .putInt(1024 + 4, -1)),
        new Claim(
            "NTFS",
            1024,
            image -> MadeDisk.format(image, 4 * MIB, "mkntfs", "-Q", "-F", "-q"),
            head -> head.putLong(40, 1L << 35)),
        new Claim(
            "GPT",
            1024,
            image -> sfdisk(image, "label: gpt\nstart=2048, size=1024\n"),
            head -> head.putInt(512 + 80, 1 << 24).putInt(512 + 84, 1 << 20)),
        new Claim(
            "MBR",
            1024,
            image -> sfdisk(image, "label: dos\nstart=1, size=1, type=7\n"),
            head ->
                head.putInt(446 + 12, -1).put(446 + 16 + 4, (byte) 5).putInt(446 + 16 + 12, -1)));
  }

  private static Path sfdisk(Path image, String script) throws Exception {
    Path input = Files.writeString(image.resolveSibling("script"), script);
    MadeDisk.format(image, 4 * MIB, "true");
    Tool.run("sh", "-c", "sfdisk --quiet " + image + " < " + input);
    return image;
  }

  @ParameterizedTest
  @MethodSource("claims")
  void aKilobyteThatClaimsSixteenTerabytesCostsNothing(Claim claim) throws Exception {
    Tool.require(TinyClaimsTest.class, "mke2fs", "mkntfs", "sfdisk");
    byte[] whole = Files.readAllBytes(claim.made().make(folder.resolve("disk.img")));
    look(new FaultyBlockSource(new MemorySource(whole)));
    byte[] head = Arrays.copyOf(whole, claim.kept());
    claim.lie().tell(ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN));
    FaultyBlockSource device = new FaultyBlockSource(new MemorySource(head));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    look(device);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    System.out.println(claim + ": " + device.reads() + " reads, " + allocated + " bytes");
    assertThat(device.reads()).isLessThan(MOST_READS);
    assertThat(allocated).isLessThan(MOST_BYTES);
  }

  private static void look(FaultyBlockSource device) throws MediaException {
    DeviceStack stack = DeviceStack.open(device, Bounds.GENEROUS);
    assertThat(stack.unread()).isNotNull();
    for (DataVolume volume : stack.volumes()) {
      try {
        TreeSnapshot.of(volume.tree());
        volume.tree().coverage();
      } catch (MediaException e) {
        assertThat(e.trouble()).isNotEqualTo(MediaException.Trouble.GONE);
      }
    }
  }
}
