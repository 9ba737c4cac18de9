package org.diskferry.media.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.diskferry.media.MediaException;
import org.diskferry.media.partition.Partition.Role;
import org.diskferry.media.partition.PartitionTable.Scheme;
import org.diskferry.media.testing.FaultyBlockSource;
import org.diskferry.media.testing.MemorySource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Maps written by hand, as Apple describes them: no partitioner here writes other units than 512.
/// The kit's disk is read in the tests of HFS+.
class ApplePartitionMapTest {
  private static final int BLOCKS = 200;

  private static ByteBuffer disk(int unit) {
    ByteBuffer disk = ByteBuffer.allocate(BLOCKS * unit);
    entry(disk, unit, 1, 1, 10, "Apple", "Apple_partition_map");
    entry(disk, unit, 2, 20, 4, "Macintosh", "Apple_Driver43");
    entry(disk, unit, 3, 30, 50, "Fotos", "Apple_HFS");
    entry(disk, unit, 4, 80, 50, "Archiv", "Apple_HFSX");
    entry(disk, unit, 5, 130, 70, "", "Apple_Free");
    return disk;
  }

  private static void entry(
      ByteBuffer disk, int unit, int number, int start, int count, String name, String type) {
    int at = number * unit;
    disk.putShort(at, (short) 0x504D)
        .putInt(at + 4, 5)
        .putInt(at + 8, start)
        .putInt(at + 12, count);
    disk.put(at + 16, name.getBytes(StandardCharsets.US_ASCII));
    disk.put(at + 48, type.getBytes(StandardCharsets.US_ASCII));
  }

  private static MemorySource source(ByteBuffer disk) {
    byte[] bytes = new byte[disk.capacity()];
    disk.get(0, bytes);
    return new MemorySource(bytes);
  }

  private static List<PartitionTable> candidates(ByteBuffer disk) throws MediaException {
    return PartitionTables.candidates(source(disk));
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 1024, 2048, 4096})
  void onlyTheCustomersPartitionsAreDataWhateverTheUnit(int unit) throws Exception {
    ByteBuffer disk = disk(unit);

    assertThat(candidates(disk)).hasSize(1);
    PartitionTable table = candidates(disk).getFirst();
    assertThat(table.scheme()).isEqualTo(Scheme.APPLE);
    assertThat(table.unit()).isEqualTo(unit);
    assertThat(table.remarks()).isEmpty();
    assertThat(table.partitions())
        .extracting(Partition::number, Partition::role, Partition::name, Partition::start)
        .containsExactly(
            tuple(1, Role.RESERVED, "Apple", (long) unit),
            tuple(2, Role.RESERVED, "Macintosh", 20L * unit),
            tuple(3, Role.DATA, "Fotos", 30L * unit),
            tuple(4, Role.DATA, "Archiv", 80L * unit),
            tuple(5, Role.RESERVED, "", 130L * unit));
    assertThat(table.partitions().get(2).size()).isEqualTo(50L * unit);
  }

  @Test
  void theDescriptionOfDriversChangesNothing() throws Exception {
    ByteBuffer disk = disk(512);
    List<Partition> without = candidates(disk).getFirst().partitions();
    disk.putShort(0, (short) 0x4552).putShort(2, (short) 512).putInt(4, BLOCKS);
    assertThat(candidates(disk).getFirst().partitions()).isEqualTo(without);
  }

  @Test
  void anEntryThatIsMissingIsTold() throws Exception {
    ByteBuffer disk = disk(512);
    disk.putShort(4 * 512, (short) 0);
    PartitionTable table = candidates(disk).getFirst();
    assertThat(table.partitions()).extracting(Partition::number).containsExactly(1, 2, 3);
    assertThat(table.remarks()).containsExactly("entry 4 of 5 of the partition map is missing");

    FaultyBlockSource faulty = new FaultyBlockSource(source(disk(512))).failAt(4 * 512, 1);
    assertThat(PartitionTables.candidates(faulty).getFirst().remarks()).hasSize(1);
  }

  @Test
  void partitionsBeyondTheEndAreCutAndTold() throws Exception {
    ByteBuffer disk = disk(512);
    disk.putInt(4 * 512 + 12, -1).putInt(5 * 512 + 8, -1);
    PartitionTable table = candidates(disk).getFirst();
    assertThat(table.partitions().get(3).end()).isEqualTo(BLOCKS * 512L);
    assertThat(table.remarks())
        .containsExactly(
            "partition 4 ends beyond the end of the device",
            "partition 5 begins beyond the end of the device");
  }

  @Test
  void aCountThatCannotBeIsNoMap() throws Exception {
    ByteBuffer disk = disk(512);
    disk.putInt(512 + 4, -1);
    assertThat(candidates(disk)).isEmpty();
    disk.putInt(512 + 4, 0);
    assertThat(candidates(disk)).isEmpty();
  }
}
