package org.diskferry.media.partition;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.diskferry.media.MediaException;
import org.diskferry.media.testing.CpuTime;
import org.diskferry.media.testing.MemorySource;

/// Whatever stands where tables stand, reading them ends, and no partition lies outside of its
/// device. Each is fuzzed by itself: `JAZZER_FUZZ=1` and `-Dtest=PartitionTablesFuzzTest#NAME`.
class PartitionTablesFuzzTest {
  private static final int SECTOR = 512;
  private static final int DEVICE = 64 << 10;
  private static final int HEADER = 92;
  private static final int ENTRIES = 2 * SECTOR;
  private static final long MOST_NANOS = 2_000_000_000L;

  /// Any bytes at the beginning of a device: a table of any kind.
  @FuzzTest(maxDuration = "30m")
  void anyBytesAreTablesOrNot(byte[] bytes) throws Exception {
    check(Arrays.copyOf(bytes, DEVICE));
  }

  /// The same bytes at its end, where the copy of a GPT stands.
  @FuzzTest(maxDuration = "30m")
  void anyBytesAtTheEndAreTablesOrNot(byte[] bytes) throws Exception {
    byte[] device = new byte[DEVICE];
    int length = Math.min(bytes.length, DEVICE);
    System.arraycopy(bytes, 0, device, DEVICE - length, length);
    check(device);
  }

  /// A GPT of any fields and entries, with checksums set right, so that they are believed.
  @FuzzTest(maxDuration = "30m")
  void aGptOfAnyFieldsIsReadOrRefused(byte[] bytes) throws Exception {
    byte[] device = new byte[DEVICE];
    System.arraycopy(bytes, 0, device, SECTOR, Math.min(bytes.length, HEADER));
    if (bytes.length > HEADER) {
      int length = Math.min(bytes.length - HEADER, DEVICE - ENTRIES);
      System.arraycopy(bytes, HEADER, device, ENTRIES, length);
    }
    seal(device);
    check(device);
  }

  private static void seal(byte[] device) {
    ByteBuffer bytes = ByteBuffer.wrap(device).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(SECTOR, "EFI PART".getBytes(StandardCharsets.US_ASCII));
    bytes.putInt(SECTOR + 12, HEADER).putLong(SECTOR + 24, 1);
    bytes.putLong(SECTOR + 72, ENTRIES / SECTOR);
    long length = (long) bytes.getInt(SECTOR + 80) * bytes.getInt(SECTOR + 84);
    if (length > 0 && length <= DEVICE - ENTRIES) {
      bytes.putInt(SECTOR + 88, crc(device, ENTRIES, (int) length));
    }
    bytes.putInt(SECTOR + 16, 0).putInt(SECTOR + 16, crc(device, SECTOR, HEADER));
  }

  private static int crc(byte[] bytes, int from, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  private static void check(byte[] device) throws MediaException {
    long start = CpuTime.nanos();
    for (PartitionTable table : PartitionTables.candidates(new MemorySource(device))) {
      assertThat(table.remarks()).noneMatch(String::isBlank);
      for (Partition partition : table.partitions()) {
        assertThat(partition.start()).isBetween(0L, DEVICE - 1L);
        assertThat(partition.size()).isBetween(1L, DEVICE - partition.start());
      }
    }
    assertThat(CpuTime.nanos() - start).isLessThan(MOST_NANOS);
  }
}
