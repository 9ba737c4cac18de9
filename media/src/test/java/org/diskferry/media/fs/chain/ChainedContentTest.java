package org.diskferry.media.fs.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.diskferry.media.Bounds;
import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;
import org.diskferry.media.testing.MemorySource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A file whose clusters lie anywhere, so many that only some of them are remembered.
class ChainedContentTest {
  private static final int CLUSTER = 512;
  private static final int CLUSTERS = 10_000;
  private static final int ENTRY = Integer.BYTES;
  private static final int TABLE = 1024;
  private static final int HEAP = TABLE + (2 + CLUSTERS + 126) / 128 * CLUSTER;
  private static final int SIZE = CLUSTERS * CLUSTER - 100;

  /// Behind it the file reads as zeros, whatever its clusters hold.
  private static final int WRITTEN = SIZE - 70_000;

  private final Random random = new Random(5);
  private final byte[] volume = new byte[HEAP + CLUSTERS * CLUSTER];
  private final byte[] expected = new byte[SIZE];
  private List<Integer> chain = new ArrayList<>();

  @BeforeEach
  void scatter() {
    random.nextBytes(volume);
    for (int i = 0; i < CLUSTERS; i++) {
      chain.add(ClusterHeap.FIRST + i);
    }
    Collections.shuffle(chain, random);
    for (int i = 0; i < CLUSTERS; i++) {
      link(i, i + 1 < CLUSTERS ? chain.get(i + 1) : -1);
      int from = HEAP + (chain.get(i) - ClusterHeap.FIRST) * CLUSTER;
      int length = Math.clamp(WRITTEN - (long) i * CLUSTER, 0, CLUSTER);
      System.arraycopy(volume, from, expected, i * CLUSTER, length);
    }
  }

  private void link(int index, int next) {
    ByteBuffer.wrap(volume)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(TABLE + chain.get(index) * ENTRY, next);
  }

  private ChainedContent content() throws MediaException {
    MemorySource source = new MemorySource(volume);
    Budget budget = new Budget(Bounds.TIGHT);
    AllocationTable.Place place =
        new AllocationTable.Place(
            EntryWidth.EXFAT, List.of((long) TABLE), ClusterHeap.FIRST + CLUSTERS);
    AllocationTable table = new AllocationTable(source, place, budget);
    Chains chains = new Chains(table, new ClusterHeap(HEAP, CLUSTER, CLUSTERS), budget);
    Storage storage = new Storage(chain.getFirst(), SIZE, WRITTEN, false);
    return new ChainedContent(source, chains, storage, Bounds.TIGHT);
  }

  @Test
  void everyPositionReadsAsItShould() throws Exception {
    ChainedContent content = content();
    assertThat(content.size()).isEqualTo(SIZE);
    byte[] whole = new byte[SIZE];
    content.read(0, ByteBuffer.wrap(whole));
    assertThat(whole).isEqualTo(expected);
    for (int i = 0; i < 2_000; i++) {
      int from = random.nextInt(SIZE);
      int length = random.nextInt(Math.min(SIZE - from, 3 * CLUSTER) + 1);
      byte[] part = new byte[length];
      content.read(from, ByteBuffer.wrap(part));
      assertThat(part).isEqualTo(Arrays.copyOfRange(expected, from, from + length));
    }
  }

  @Test
  void theEdgesOfWhatIsRememberedAndOfWhatWasWrittenReadAsTheyShould() throws Exception {
    ChainedContent content = content();
    for (int edge : new int[] {0, 4096 * CLUSTER, 8192 * CLUSTER, WRITTEN, SIZE}) {
      int from = Math.clamp(edge - 700L, 0, SIZE);
      int to = Math.clamp(edge + 700L, 0, SIZE);
      byte[] part = new byte[to - from];
      content.read(from, ByteBuffer.wrap(part));
      assertThat(part).as("around %d", edge).isEqualTo(Arrays.copyOfRange(expected, from, to));
    }
  }

  @Test
  void aChainThatHasChangedSinceIsNotFollowedOutOfTheVolume() throws Exception {
    ChainedContent content = content();
    link(17, ClusterHeap.FIRST + CLUSTERS);
    content.read(0, ByteBuffer.allocate(18 * CLUSTER));
    assertThatThrownBy(() -> content.read(0, ByteBuffer.allocate(18 * CLUSTER + 1)))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("on a second look");
    assertThatThrownBy(() -> content.read(SIZE, ByteBuffer.allocate(1)))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
