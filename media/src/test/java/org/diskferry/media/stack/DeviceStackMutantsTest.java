package org.diskferry.media.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.ContentReader;
import org.diskferry.media.fs.Node;
import org.diskferry.media.partition.Partition;
import org.diskferry.media.partition.PartitionTable;
import org.diskferry.media.partition.PartitionTables;
import org.diskferry.media.testing.CpuTime;
import org.diskferry.media.testing.FaultyBlockSource;
import org.diskferry.media.testing.MadeDisk;
import org.diskferry.media.testing.MemorySource;
import org.diskferry.media.testing.MutantShare;
import org.diskferry.media.testing.Mutants;
import org.diskferry.media.testing.Tool;
import org.diskferry.media.testing.TreeSnapshot;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Partitioned disks of several volumes with hostile bytes in their tables and volumes: none
/// crashes, holds a thread, or makes the parser read without end.
class DeviceStackMutantsTest {
  private static final long SEED = Long.getLong("diskferry.seed", 20_100_521L);
  private static final int MIB = 1 << 20;

  /// Processor time that no mutant may cost.
  private static final long MOST_NANOS = 2_000_000_000L;

  /// A few volumes of a few MiB, read a few times.
  private static final long MOST_READS = 100_000;

  private static final String GPT =
      """
      label: gpt
      start=2048, size=8192, type=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7
      start=10240, size=8192, type=linux
      start=18432, size=2048, type=uefi
      start=20480, size=8192, type=linux
      """;

  private static final String MBR =
      """
      label: dos
      start=2048, size=8192, type=7
      start=10240, size=20480, type=f
      start=12288, size=8192, type=83
      start=22528, size=8192, type=7
      """;

  @TempDir private static Path folder;
  private static BlockSource gpt;
  private static BlockSource mbr;

  @BeforeAll
  static void makeDisks() throws Exception {
    Tool.require(DeviceStackMutantsTest.class, "mkntfs", "mke2fs", "sfdisk");
    Path tree = Files.createDirectories(folder.resolve("tree/d/e")).getParent().getParent();
    for (int i = 0; i < 20; i++) {
      Files.write(tree.resolve("d/file" + i), new byte[i * 400]);
    }
    Path ext =
        MadeDisk.format(
            folder.resolve("ext"), 4 * MIB, "mke2fs", "-q", "-F", "-t", "ext4", "-d", "" + tree);
    Path ntfs = MadeDisk.format(folder.resolve("ntfs"), 4 * MIB, "mkntfs", "-Q", "-F", "-q");
    gpt = disk("gpt", GPT, ntfs, 2048, ext, 10240, ext, 20480);
    mbr = disk("mbr", MBR, ntfs, 2048, ext, 12288, ntfs, 22528);
    assertThat(DeviceStack.open(gpt, Bounds.TIGHT).volumes()).hasSize(3);
    assertThat(DeviceStack.open(mbr, Bounds.TIGHT).volumes()).hasSize(3);
  }

  private static BlockSource disk(String name, String script, Object... parts)
      throws IOException, InterruptedException {
    Path image = folder.resolve(name);
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(16L * MIB);
      Path input = Files.writeString(folder.resolve(name + ".script"), script);
      Tool.run("sh", "-c", "sfdisk --quiet " + image + " < " + input);
      for (int i = 0; i < parts.length; i += 2) {
        file.seek((int) parts[i + 1] * 512L);
        file.write(Files.readAllBytes((Path) parts[i]));
      }
    }
    return new MemorySource(Files.readAllBytes(image));
  }

  private static BlockSource disk(String name) {
    return name.equals("GPT") ? gpt : mbr;
  }

  @ParameterizedTest
  @ValueSource(strings = {"GPT", "MBR"})
  void noMutantOfATableCrashesOrLies(String name) throws Exception {
    Mutants mutants = Mutants.of(disk(name), PartitionTables::candidates);
    each(
        MutantShare.TABLES,
        mutants,
        device -> {
          for (PartitionTable table : PartitionTables.candidates(device)) {
            for (Partition partition : table.partitions()) {
              assertThat(partition.start()).isBetween(0L, device.size() - 1);
              assertThat(partition.size()).isBetween(1L, device.size() - partition.start());
            }
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"GPT", "MBR"})
  void noMutantOfAPartitionedDiskCrashesOrHoldsAThread(String name) throws Exception {
    each(
        MutantShare.DISKS,
        Mutants.of(disk(name), DeviceStackMutantsTest::readAll),
        DeviceStackMutantsTest::readAll);
  }

  private static void each(MutantShare share, Mutants mutants, Mutants.Scan scan) throws Exception {
    for (int i = 0; i < share.count() / 2; i++) {
      long seed = SEED + i;
      FaultyBlockSource mutant = new FaultyBlockSource(mutants.mutant(seed));
      long start = CpuTime.nanos();
      try {
        scan.scan(mutant);
      } catch (RuntimeException | StackOverflowError | AssertionError | MediaException e) {
        throw new AssertionError("mutant with seed " + seed, e);
      }
      assertThat(CpuTime.nanos() - start).as("mutant %d", seed).isLessThan(MOST_NANOS);
      assertThat(mutant.reads()).as("mutant %d", seed).isLessThan(MOST_READS);
    }
  }

  // Any refusal of a volume is a good answer; the device itself must open.
  private static void readAll(BlockSource device) throws MediaException {
    DeviceStack stack = DeviceStack.open(device, Bounds.TIGHT);
    List<String> unread = stack.unread();
    assertThat(stack.volumes().size() + unread.size()).isPositive();
    for (DataVolume volume : stack.volumes()) {
      try {
        readAll(volume);
      } catch (MediaException e) {
        assertThat(e.trouble()).isNotEqualTo(Trouble.GONE);
      }
    }
  }

  private static void readAll(DataVolume volume) throws MediaException {
    for (Node node : TreeSnapshot.of(volume.tree()).nodes().values()) {
      if (node.kind() == Node.Kind.FILE) {
        readEnds(new ContentReader(volume.bytes(), volume.tree().content(node.id())));
      }
    }
    volume.tree().coverage();
  }

  private static void readEnds(ContentReader reader) {
    ByteBuffer piece = ByteBuffer.allocate((int) Math.min(reader.size(), 20_000));
    try {
      reader.read(0, piece);
      reader.read(reader.size() - piece.capacity(), piece.clear());
    } catch (MediaException e) {
      assertThat(e.trouble()).isNotEqualTo(Trouble.GONE);
    }
  }
}
