package org.diskferry.media.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.hfsplus.HfsPlus;
import org.diskferry.media.testing.FaultyBlockSource;
import org.diskferry.media.testing.MadeDisk;
import org.diskferry.media.testing.MemorySource;
import org.diskferry.media.testing.Tool;
import org.diskferry.media.testing.TreeSnapshot;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tukaani.xz.XZInputStream;

/// The first kilobytes of a disk that say that it has 16 TB cost nothing: reads and memory are
/// counted, with the bounds that hold in earnest.
class TinyClaimsTest {
  private static final int MIB = 1 << 20;
  private static final int SECTOR = 512;

  /// Of the boot region of exFAT, whose last one is a checksum of the others.
  private static final int BOOT_SECTORS = 12;

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

  /// Changes its first bytes, which come little-endian.
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
        // 2^28 clusters of 64 KiB, in sectors of 4 KiB.
        new Claim(
            "FAT32",
            1024,
            image -> MadeDisk.format(image, 64 * MIB, "mkfs.fat", "-F", "32"),
            head ->
                head.putShort(11, (short) 4096)
                    .put(13, (byte) 16)
                    .putInt(32, -1)
                    .putInt(36, 1 << 18)),
        // 2^32 clusters of 4 KiB. Of less than the boot region nothing is believed.
        new Claim(
            "exFAT",
            BOOT_SECTORS * SECTOR,
            image -> MadeDisk.format(image, 4 * MIB, "mkfs.exfat"),
            head ->
                seal(
                    head.putLong(72, (1L << 35) + (1 << 26))
                        .putInt(80, 128)
                        .putInt(84, 1 << 25)
                        .putInt(88, 1 << 26)
                        .putInt(92, -16)
                        .put(109, (byte) 3))),
        // 2^28 blocks of 64 KiB, and a catalogue of as many nodes.
        new Claim("HFS+", 1536, image -> unpack("hfsplus-hardlinks", image), TinyClaimsTest::hfs),
        // As many entries as are believed, each of 2^32 blocks.
        new Claim(
            "Apple partition map",
            1024,
            image -> unpack("hfsplus-apm", image),
            head ->
                head.order(ByteOrder.BIG_ENDIAN)
                    .putInt(SECTOR + 4, 1024)
                    .putInt(SECTOR + 8, 0)
                    .putInt(SECTOR + 12, -1)),
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

  // exFAT specification, 3.4: all sectors but what changes while the volume is in use.
  private static void seal(ByteBuffer head) {
    int end = (BOOT_SECTORS - 1) * SECTOR;
    int sum = 0;
    for (int at = 0; at < end; at++) {
      if (at != 106 && at != 107 && at != 112) {
        sum = Integer.rotateRight(sum, 1) + Byte.toUnsignedInt(head.get(at));
      }
    }
    for (int at = end; at < end + SECTOR; at += Integer.BYTES) {
      head.putInt(at, sum);
    }
  }

  // The header stays where it is. The boot blocks become the catalogue, which its fork begins with:
  // a header of nodes of 512 bytes.
  private static void hfs(ByteBuffer head) {
    int header = 1024;
    head.order(ByteOrder.BIG_ENDIAN).putInt(header + 40, 1 << 16).putInt(header + 44, 1 << 28);
    for (int fork = header + 112; fork < header + 512; fork += 80) {
      head.putLong(fork, 1L << 40).putInt(fork + 12, 1 << 24);
      head.putInt(fork + 16, 0).putInt(fork + 20, 1 << 24);
    }
    head.put(8, (byte) 1).putShort(10, (short) 3);
    head.putInt(14 + 6, -1).putInt(14 + 10, 5).putShort(14 + 18, (short) 512).putInt(14 + 22, -1);
  }

  private static Path unpack(String name, Path image) throws Exception {
    try (InputStream packed =
            Objects.requireNonNull(HfsPlus.class.getResourceAsStream(name + ".img.xz"));
        InputStream in = new XZInputStream(packed)) {
      Files.copy(in, image);
    }
    return image;
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
    Tool.require(TinyClaimsTest.class, "mke2fs", "mkntfs", "mkfs.fat", "mkfs.exfat", "sfdisk");
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
