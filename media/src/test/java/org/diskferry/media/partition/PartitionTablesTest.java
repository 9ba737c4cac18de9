package org.diskferry.media.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.diskferry.media.block.FileSource;
import org.diskferry.media.partition.Partition.Role;
import org.diskferry.media.partition.PartitionTable.Scheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tables as `sfdisk` writes them, whole and damaged.
class PartitionTablesTest {
  private static final int MIB = 1 << 20;

  @TempDir Path folder;

  @Test
  void primaryAndLogicalPartitionsOfAnMbrAreNumberedAsTheSystemDoes() throws Exception {
    Path image =
        disk(
            """
            label: dos
            start=2048, size=8192, type=7
            start=16384, size=4096, type=83
            start=32768, size=65536, type=f
            start=34816, size=8192, type=83
            start=45056, size=8192, type=7
            """);

    PartitionTable table = candidates(image).getFirst();

    assertThat(table.scheme()).isEqualTo(Scheme.MBR);
    assertThat(table.partitions())
        .extracting(Partition::number, Partition::start, Partition::size)
        .containsExactly(
            tuple(1, 2048L * 512, 8192L * 512),
            tuple(2, 16384L * 512, 4096L * 512),
            tuple(5, 34816L * 512, 8192L * 512),
            tuple(6, 45056L * 512, 8192L * 512));
    assertThat(table.remarks()).isEmpty();
  }

  @Test
  void aGptGivesRolesAndNames() throws Exception {
    Path image = gpt();

    PartitionTable table = candidates(image).getFirst();

    assertThat(table.scheme()).isEqualTo(Scheme.GPT);
    assertThat(table.partitions())
        .extracting(Partition::role, Partition::name)
        .containsExactly(tuple(Role.EFI_SYSTEM, "EFI"), tuple(Role.DATA, "Täglich"));
    assertThat(table.partitions().get(1).start()).isEqualTo(10L * MIB);
  }

  @Test
  void theCopyAtTheEndIsReadWhereTheFirstGptIsDamaged() throws Exception {
    Path image = gpt();
    List<Partition> whole = candidates(image).getFirst().partitions();
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.seek(512 + 40);
      file.write(0x5A);
    }

    PartitionTable table = candidates(image).getFirst();

    assertThat(table.partitions()).isEqualTo(whole);
    assertThat(table.remarks())
        .containsExactly("the partition table is damaged; its copy at the end was read");
  }

  @Test
  void aTableThatCountsInLargeSectorsIsFoundOnADeviceThatClaimsSmallOnes() throws Exception {
    Path image = write("fdisk", "-b", "4096", "g\nn\n1\n512\n+1023\nw\n");

    PartitionTable table = candidates(image).getFirst();

    assertThat(table.unit()).isEqualTo(4096);
    assertThat(table.partitions()).extracting(Partition::start).containsExactly(512L * 4096);
  }

  @Test
  void aChainOfExtendedRecordsThatLoopsEnds() throws Exception {
    Path image =
        disk("label: dos\nstart=2048, size=65536, type=f\nstart=4096, size=8192, type=83\n");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.seek(2048L * 512 + 446 + 16);
      file.write(new byte[] {0, 0, 0, 0, 0x0F, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0});
    }

    PartitionTable table = candidates(image).getFirst();

    assertThat(table.partitions()).hasSize(1);
    assertThat(table.remarks()).singleElement().asString().contains("is broken at sector 2048");
  }

  @Test
  void aPartitionThatEndsBeyondTheDeviceIsCutAndTold() throws Exception {
    Path image = disk("label: dos\nstart=2048, size=100000, type=83\n");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(16L * MIB + 16);
    }

    PartitionTable table = candidates(image).getFirst();

    assertThat(table.partitions()).extracting(Partition::end).containsExactly(16L * MIB + 16);
    assertThat(table.remarks()).containsExactly("partition 1 ends beyond the end of the device");
  }

  @Test
  void anEmptyDeviceAndATinyOneHaveNoTable() throws Exception {
    Path tiny = folder.resolve("tiny.img");
    Files.write(tiny, new byte[16]);
    assertThat(candidates(tiny)).isEmpty();
    Path empty = folder.resolve("empty.img");
    Files.write(empty, new byte[MIB]);
    assertThat(candidates(empty)).isEmpty();
  }

  private Path gpt() throws Exception {
    return disk(
        """
        label: gpt
        start=2048, size=8192, type=uefi, name="EFI"
        start=20480, size=40960, type=linux, name="Täglich"
        """);
  }

  private List<PartitionTable> candidates(Path image) throws Exception {
    try (FileSource source = FileSource.open(image)) {
      return PartitionTables.candidates(source);
    }
  }

  private Path disk(String script) throws Exception {
    return write("sfdisk", "--quiet", script);
  }

  // Runs a partitioner on a new image of 64 MiB; the last word is what it is to read.
  private Path write(String... words) throws Exception {
    Path image = folder.resolve("disk.img");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(64L * MIB);
    }
    List<String> command = new ArrayList<>(List.of(words));
    String script = command.removeLast();
    command.add(image.toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var in = process.getOutputStream()) {
      in.write(script.getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command + ": " + said);
    }
    return image;
  }
}
