package org.diskferry.media.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.block.FileSource;
import org.diskferry.media.partition.Partition.Role;
import org.diskferry.media.partition.PartitionTable.Scheme;
import org.diskferry.media.testing.FaultyBlockSource;
import org.diskferry.media.testing.MemorySource;
import org.diskferry.media.testing.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tables as `sfdisk` writes them, whole and damaged.
class PartitionTablesTest {
  private static final int MIB = 1 << 20;
  private static final Pattern DUMPED =
      Pattern.compile("img([0-9]+) : start= *([0-9]+), size= *([0-9]+), type=([^,]+)");

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
  void sfdiskSeesTheSamePartitionsThatPartedMade() throws Exception {
    Tool.require(PartitionTablesTest.class, "parted", "sfdisk");
    for (String label : List.of("msdos", "gpt")) {
      Path image = blank();
      parted(image, "mklabel " + label + " mkpart primary ntfs 2048s 20479s");
      if (label.equals("msdos")) {
        parted(image, "mkpart extended 20480s 61439s mkpart logical ext4 22528s 30719s");
        parted(image, "mkpart logical ntfs 32768s 40959s mkpart logical ext4 43008s 51199s");
      }
      parted(image, "mkpart primary ext4 63488s 71679s");
      assertThat(places(candidates(image).getFirst()))
          .hasSize(label.equals("msdos") ? 5 : 2)
          .isEqualTo(placesBySfdisk(image));
    }
  }

  private static void parted(Path image, String words) throws Exception {
    List<String> command = new ArrayList<>(List.of("parted", "-s", "-a", "none", image.toString()));
    command.addAll(List.of(words.split(" ", -1)));
    Tool.run(command);
  }

  private static Set<String> places(PartitionTable table) {
    return table.partitions().stream()
        .map(p -> p.number() + " " + p.start() / table.unit() + " " + p.size() / table.unit())
        .collect(Collectors.toSet());
  }

  // The container of logical partitions is none itself.
  private static Set<String> placesBySfdisk(Path image) throws Exception {
    Set<String> places = new HashSet<>();
    for (String line : Tool.run("sfdisk", "--dump", image.toString()).split("\n", -1)) {
      Matcher entry = DUMPED.matcher(line);
      if (entry.find() && !Set.of("f", "5").contains(entry.group(4))) {
        places.add(entry.group(1) + " " + entry.group(2) + " " + entry.group(3));
      }
    }
    return places;
  }

  @Test
  void aHybridTableIsReadOnlyWhereTheGptIsLost() throws Exception {
    Tool.require(PartitionTablesTest.class, "sgdisk");
    Path image = blank();
    Tool.run(
        List.of(
            ("sgdisk -n 1:2048:10239 -t 1:0700 -n 2:20480:40959 -t 2:8300 -n 3:43008:45055 -h 1:2 "
                    + image)
                .split(" ", -1)));

    assertThat(candidates(image))
        .singleElement()
        .extracting(PartitionTable::scheme)
        .isEqualTo(Scheme.GPT);
    assertThat(candidates(image).getFirst().partitions()).hasSize(3);

    overwrite(image, 512, new byte[512]);
    overwrite(image, 64L * MIB - 512, new byte[512]);
    PartitionTable hybrid = candidates(image).getFirst();
    assertThat(hybrid.scheme()).isEqualTo(Scheme.MBR);
    assertThat(hybrid.partitions())
        .extracting(Partition::start)
        .containsExactly(2048L * 512, 20480L * 512);
    assertThat(hybrid.remarks()).singleElement().asString().startsWith("the GPT is lost");
  }

  @Test
  void theCopyIsFoundOnADeviceThatIsLargerThanTheOneThatWasCopied() throws Exception {
    Path image = gpt();
    List<Partition> whole = candidates(image).getFirst().partitions();
    grow(image, 100);
    assertThat(candidates(image).getFirst().partitions()).isEqualTo(whole);
    assertThat(candidates(image).getFirst().remarks()).isEmpty();

    // The header says where the copy is though its sum is wrong; then only sector 0 says it.
    overwrite(image, 512 + 40, new byte[] {0x5A});
    assertThat(candidates(image).getFirst().partitions()).isEqualTo(whole);
    overwrite(image, 512, new byte[512]);
    assertThat(candidates(image).getFirst().partitions()).isEqualTo(whole);
    assertThat(candidates(image).getFirst().remarks())
        .containsExactly("the partition table is damaged; its copy at the end was read");
  }

  @Test
  void aDeviceThatIsSmallerThanTheTableSaysLosesWhatLiesBehindItsEnd() throws Exception {
    Path image = gpt();
    grow(image, 20);
    PartitionTable table = candidates(image).getFirst();
    assertThat(table.partitions()).extracting(Partition::end).last().isEqualTo(20L * MIB);
    assertThat(table.remarks()).containsExactly("partition 2 ends beyond the end of the device");
    overwrite(image, 1024, new byte[] {1});
    assertThat(candidates(image)).isEmpty();
  }

  @Test
  void eachOfBothChecksumsIsChecked() throws Exception {
    for (long at : new long[] {512 + 56, 1024 + 60}) {
      Path image = gpt();
      overwrite(image, at, new byte[] {0x5A});
      PartitionTable table = candidates(image).getFirst();
      assertThat(table.partitions()).hasSize(2);
      assertThat(table.remarks()).hasSize(1);
    }
  }

  // No partitioner writes entries of another size: these are put together here.
  @Test
  void entriesMayBeLargerThanUsual() throws Exception {
    Path image = gpt();
    byte[] bytes = Files.readAllBytes(image);
    ByteBuffer header = ByteBuffer.wrap(bytes, 512, 92).slice().order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer entries = ByteBuffer.allocate(64 * 256);
    for (int i = 0; i < 64; i++) {
      entries.put(i * 256, bytes, 1024 + i * 128, 128);
    }
    header.putInt(80, 64).putInt(84, 256).putInt(88, crc(entries.array())).putInt(16, 0);
    byte[] fields = new byte[92];
    header.get(0, fields);
    header.putInt(16, crc(fields)).get(0, fields);
    List<Partition> usual = candidates(image).getFirst().partitions();
    overwrite(image, 512, fields);
    overwrite(image, 1024, entries.array());
    overwrite(image, 64L * MIB - 512, new byte[512]);

    assertThat(candidates(image).getFirst().partitions()).isEqualTo(usual);
  }

  private static int crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  @Test
  void typesHaveTheNamesThatPeopleKnow() throws Exception {
    Tool.require(PartitionTablesTest.class, "sgdisk");
    Path image = blank();
    List<String> command = new ArrayList<>(List.of("sgdisk"));
    for (String code : "0700 8300 8302 8306 af00 8e00 fd00 2700 ef00 0c01".split(" ", -1)) {
      command.addAll(List.of("-n", "0:0:+1M", "-t", "0:" + code));
    }
    command.add(image.toString());
    Tool.run(command);
    assertThat(candidates(image).getFirst().partitions())
        .extracting(Partition::typeName)
        .containsExactly(
            "Microsoft basic data",
            "Linux file system",
            "Linux /home",
            "Linux /srv",
            "Apple HFS+",
            "Linux LVM",
            "Linux RAID",
            "Windows recovery",
            "EFI system",
            "Microsoft reserved");
  }

  @Test
  void partitionsThatLieUponEachOtherAreTold() throws Exception {
    Path image =
        disk("label: dos\nstart=2048, size=8192, type=7\nstart=20480, size=8192, type=7\n");
    overwrite(image, 446 + 16 + 8, new byte[] {0, 0x10, 0, 0});
    PartitionTable table = candidates(image).getFirst();
    assertThat(table.partitions()).hasSize(2);
    assertThat(table.remarks()).containsExactly("partitions 1 and 2 overlap");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 512, 1024})
  void aSectorOfTheGptThatCannotBeReadCostsNoPartition(long bad) throws Exception {
    Path image = gpt();
    try (FileSource source = FileSource.open(image)) {
      List<Partition> whole = PartitionTables.candidates(source).getFirst().partitions();
      BlockSource faulty = new FaultyBlockSource(source).failAt(bad, 512);
      assertThat(PartitionTables.candidates(faulty).getFirst().partitions()).isEqualTo(whole);
    }
  }

  @Test
  void aTableThatClaimsSixteenTerabytesOnAKilobyteCostsNothing() throws Exception {
    byte[] gpt = Arrays.copyOf(Files.readAllBytes(gpt()), 1024);
    ByteBuffer.wrap(gpt)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(512 + 80, 1 << 24)
        .putInt(512 + 84, 1 << 20);
    FaultyBlockSource counted = new FaultyBlockSource(new MemorySource(gpt));
    assertThat(PartitionTables.candidates(counted)).isEmpty();
    assertThat(counted.reads()).isLessThan(40);

    byte[] mbr = new byte[1024];
    ByteBuffer table = ByteBuffer.wrap(mbr).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 4; i++) {
      int at = 446 + 16 * i;
      table.put(at + 4, (byte) (i < 2 ? 7 : 5)).putInt(at + 8, i).putInt(at + 12, -1);
    }
    table.putShort(510, (short) 0xAA55);
    counted = new FaultyBlockSource(new MemorySource(mbr));
    assertThat(PartitionTables.candidates(counted))
        .isNotEmpty()
        .allSatisfy(
            found -> assertThat(found.partitions()).allMatch(part -> part.end() <= mbr.length));
    assertThat(counted.reads()).isLessThan(40);
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

  private static void overwrite(Path image, long at, byte[] bytes) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.seek(at);
      file.write(bytes);
    }
  }

  private static void grow(Path image, int mebibytes) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength((long) mebibytes * MIB);
    }
  }

  // Anew: what an earlier partitioner left would be found.
  private Path blank() throws IOException {
    Path image = folder.resolve("disk.img");
    Files.deleteIfExists(image);
    grow(image, 64);
    return image;
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
    Path image = blank();
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
