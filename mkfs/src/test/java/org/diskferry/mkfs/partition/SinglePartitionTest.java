package org.diskferry.mkfs.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.media.block.Extent;
import org.diskferry.media.block.linux.Devices;
import org.diskferry.media.partition.Partition;
import org.diskferry.media.partition.PartitionTable;
import org.diskferry.media.partition.PartitionTables;
import org.diskferry.media.testing.Tool;
import org.diskferry.mkfs.FileSystem;
import org.diskferry.mkfs.MkfsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Our table, read by sgdisk, by sfdisk, and by our reader.
class SinglePartitionTest {
  @TempDir private Path work;

  private Path disk(long bytes) throws Exception {
    Path image = work.resolve("disk");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(bytes);
    }
    return image;
  }

  @Test
  void otherProgramsFindNothingWrongWithIt() throws Exception {
    Tool.require(SinglePartitionTest.class, "sgdisk", "sfdisk");
    Path image = disk((64 << 20) + 512 * 7);
    Extent partition;
    try (BlockDevice device = Devices.openExclusively(image)) {
      partition = SinglePartition.write(device, FileSystem.EXT4, "ABCDE", new Random(5));
      PartitionTable table = PartitionTables.candidates(device).getFirst();
      assertThat(table.remarks()).isEmpty();
      assertThat(table.partitions()).extracting(Partition::start).containsExactly(1L << 20);
      assertThat(table.partitions())
          .extracting(Partition::size)
          .isEqualTo(List.of(partition.length()));
    }

    assertThat(Tool.run("sgdisk", "--verify", image.toString())).contains("No problems found");
    assertThat(Tool.run("sfdisk", "--dump", image.toString()))
        .contains("label: gpt", "start=        2048", "name=\"ABCDE\"")
        .contains("type=0FC63DAF-8483-4772-8E79-3D69D8477DE4");
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 4096})
  void otherProgramsDoNotMindTheMarkOfADiskThatIsBeingFilled(int sector) throws Exception {
    Tool.requireToMount(SinglePartitionTest.class, "sgdisk", "sfdisk", "losetup");
    Path image = disk(64 << 20);
    String loop =
        Tool.run("losetup", "-f", "--show", "--sector-size", "" + sector, image.toString());
    try {
      FillMark mark = new FillMark("ABCDE", "0123456789abcdef");
      try (BlockDevice device = Devices.openExclusively(Path.of(loop.strip()))) {
        assertThat(device.sectorSize()).isEqualTo(sector);
        mark.write(device);
        SinglePartition.write(device, FileSystem.NTFS, "ABCDE", new Random(5));
        assertThat(FillMark.read(device)).contains(mark);
        assertThat(PartitionTables.candidates(device).getFirst().remarks()).isEmpty();
      }
      judge(loop.strip(), (1 << 20) / sector);
      try (BlockDevice device = Devices.openExclusively(Path.of(loop.strip()))) {
        FillMark.clear(device);
      }
      judge(loop.strip(), (1 << 20) / sector);
    } finally {
      Tool.run("losetup", "-d", loop.strip());
    }
  }

  private static void judge(String disk, int start) throws Exception {
    assertThat(Tool.run("sgdisk", "--verify", disk)).contains("No problems found");
    assertThat(Tool.run("sfdisk", "--dump", disk)).contains("label: gpt", " " + start + ",");
    assertThat(Tool.run("sfdisk", "--verify", disk)).contains("No errors detected");
  }

  @Test
  void anOlderTableIsGone() throws Exception {
    Tool.require(SinglePartitionTest.class, "sgdisk");
    Path image = disk(32 << 20);
    Tool.run("sgdisk", "--new=1:0:+8M", "--new=2:0:+8M", image.toString());
    try (BlockDevice device = Devices.openExclusively(image)) {
      SinglePartition.write(device, FileSystem.NTFS, "ABCDE", new Random(5));
    }

    assertThat(Tool.run("sgdisk", "--verify", image.toString())).contains("No problems found");
    assertThat(Tool.run("sgdisk", "--print", image.toString()))
        .contains("0700")
        .doesNotContain("8300");
  }

  @Test
  void aDiskOfAFewSectorsIsTooSmall() throws Exception {
    try (BlockDevice device = Devices.openExclusively(disk(1 << 20))) {
      assertThatThrownBy(
              () -> SinglePartition.write(device, FileSystem.NTFS, "ABCDE", new Random(5)))
          .isInstanceOfSatisfying(
              MkfsException.class,
              e -> assertThat(e.trouble()).isEqualTo(MkfsException.Trouble.TOO_SMALL));
    }
  }
}
