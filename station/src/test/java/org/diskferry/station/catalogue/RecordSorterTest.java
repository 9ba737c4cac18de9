package org.diskferry.station.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordSorterTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {1 << 10, 1 << 14, 1 << 20})
  void recordsComeInUnsignedOrderWhateverTheMemory(int memory) throws Exception {
    Random random = new Random(memory);
    List<byte[]> keys = new ArrayList<>();
    List<byte[]> sorted = new ArrayList<>();
    try (RecordSorter sorter = new RecordSorter(directory, "t", memory)) {
      for (int i = 0; i < 5000; i++) {
        byte[] key = new byte[random.nextInt(20)];
        random.nextBytes(key);
        keys.add(key);
        sorter.add(key, new byte[] {(byte) key.length});
      }
      try (RecordCursor cursor = sorter.sorted()) {
        while (cursor.advance()) {
          assertThat(cursor.value()).containsExactly(cursor.key().length);
          sorted.add(cursor.key());
        }
      }
    }
    keys.sort(Arrays::compareUnsigned);
    assertThat(sorted).hasSize(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      assertThat(sorted.get(i)).isEqualTo(keys.get(i));
    }
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void nothingSortedIsNothing() throws Exception {
    try (RecordSorter sorter = new RecordSorter(directory, "t");
        RecordCursor cursor = sorter.sorted()) {
      assertThat(cursor.advance()).isFalse();
    }
  }

  @Test
  void aRecordLargerThanTheMemoryIsKept() throws Exception {
    try (RecordSorter sorter = new RecordSorter(directory, "t", 100)) {
      sorter.add(new byte[1000], new byte[0]);
      sorter.add(new byte[999], new byte[0]);
      try (RecordCursor cursor = sorter.sorted()) {
        assertThat(cursor.advance()).isTrue();
        assertThat(cursor.key()).hasSize(999);
        assertThat(cursor.advance()).isTrue();
        assertThat(cursor.key()).hasSize(1000);
      }
    }
  }
}
