package org.diskferry.media.fs.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.diskferry.media.Bounds;
import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.Coverage;
import org.diskferry.media.fs.FileName;
import org.diskferry.media.testing.MemorySource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A volume that is proven window by window is found to be what it is as a whole: files that lie
/// across the windows, clusters of nobody, of two, and marked bad.
class CoverageWindowsTest {
  private static final int CLUSTER = 512;
  private static final int CLUSTERS = 1_000;
  private static final int TABLE = 512;
  private static final int HEAP = TABLE + 9 * 512;
  private static final int ROOT = ClusterHeap.FIRST;
  private static final int FILES = 12;
  private static final int CLUSTERS_A_FILE = 40;
  private static final int BAD = -9;
  private static final int END = -1;

  private final byte[] volume = new byte[HEAP + CLUSTERS * CLUSTER];
  private final List<Integer> free = new ArrayList<>();

  /// The simplest records that there can be: the first cluster of a file, and its bytes; a 0 ends.
  private record Records(ItemSink sink) implements RecordSink {
    @Override
    public boolean record(ByteBuffer piece, int at, long position) throws MediaException {
      long first = piece.getInt(at);
      if (first == 0) {
        return false;
      }
      Storage storage = Storage.chained(first, piece.getInt(at + 4));
      FileName name = FileName.ofUtf16("file " + position);
      sink.item(new Item(position / SIZE, name, false, storage, Instant.EPOCH));
      return true;
    }

    @Override
    public void lost(String reason) throws MediaException {
      sink.damage(reason);
    }

    @Override
    public void end() {}
  }

  private record Simple() implements Dialect {
    @Override
    public RecordSink records(Directory directory, ItemSink sink) {
      return new Records(sink);
    }

    @Override
    public Optional<Storage> file(ByteBuffer record) {
      return Optional.empty();
    }

    @Override
    public AllocationMap map(MapSources sources) {
      return sources.table();
    }
  }

  private void link(int cluster, int next) {
    ByteBuffer.wrap(volume)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(TABLE + cluster * Integer.BYTES, next);
  }

  @BeforeEach
  void scatterFiles() {
    for (int cluster = ROOT + 1; cluster < ClusterHeap.FIRST + CLUSTERS; cluster++) {
      free.add(cluster);
    }
    Collections.shuffle(free, new Random(11));
    link(ROOT, END);
    ByteBuffer root = ByteBuffer.wrap(volume, HEAP, CLUSTER).slice().order(ByteOrder.LITTLE_ENDIAN);
    for (int file = 0; file < FILES; file++) {
      int first = free.removeLast();
      root.putInt(file * RecordSink.SIZE, first);
      root.putInt(file * RecordSink.SIZE + 4, CLUSTERS_A_FILE * CLUSTER);
      int last = first;
      for (int i = 1; i < CLUSTERS_A_FILE; i++) {
        int next = free.removeLast();
        link(last, next);
        last = next;
      }
      link(last, END);
    }
  }

  private Coverage proven(long windowSize) throws MediaException {
    MemorySource source = new MemorySource(volume);
    Budget budget = new Budget(Bounds.TIGHT);
    ClusterHeap heap = new ClusterHeap(HEAP, CLUSTER, CLUSTERS);
    AllocationTable.Place place =
        new AllocationTable.Place(
            EntryWidth.EXFAT, List.of((long) TABLE), ClusterHeap.FIRST + CLUSTERS);
    Layout layout =
        new Layout(
            source, heap, place, new Layout.Root.Chained(Storage.chained(ROOT, Storage.UNKNOWN)));
    Chains chains = new Chains(new AllocationTable(source, place, budget), heap, budget);
    Dialect dialect = new Simple();
    AllocationMap map =
        dialect.map(new MapSources(new Contents(source, chains, Bounds.TIGHT), chains));
    return new CoverageProof(
            layout,
            chains,
            map,
            () -> new TreeWalk(layout, dialect, chains, new DirectoryReader(source, chains)),
            windowSize)
        .prove();
  }

  @ParameterizedTest
  @ValueSource(longs = {64, 128, 192, 960, 1 << 20})
  void aSoundVolumeIsExplainedInWindowsOfAnySize(long windowSize) throws Exception {
    Coverage coverage = proven(windowSize);
    assertThat(coverage.allocated()).isEqualTo(1 + FILES * CLUSTERS_A_FILE);
    assertThat(coverage.missing()).isZero();
    assertThat(coverage.contested()).isEmpty();
    assertThat(coverage.exceptions()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {64, 128, 192, 960, 1 << 20})
  void whatIsWrongIsFoundInWindowsOfAnySize(long windowSize) throws Exception {
    int nobodys = free.getFirst();
    int bad = free.get(1);
    int ownedTwice = 600;
    link(nobodys, END);
    link(bad, BAD);
    // A file of one cluster begins where a cluster of another one is.
    ByteBuffer root = ByteBuffer.wrap(volume, HEAP, CLUSTER).slice().order(ByteOrder.LITTLE_ENDIAN);
    while (free.contains(ownedTwice)) {
      ownedTwice++;
    }
    link(ownedTwice, END);
    root.putInt(FILES * RecordSink.SIZE, ownedTwice).putInt(FILES * RecordSink.SIZE + 4, 1);
    Coverage coverage = proven(windowSize);
    assertThat(coverage.unexplained()).contains(new Coverage.Range(nobodys, 1));
    assertThat(coverage.contested()).contains(new Coverage.Range(ownedTwice, 1));
    assertThat(coverage.exceptions()).containsExactly("1 clusters that the volume lists as bad");
    assertThat(coverage).isEqualTo(proven(1L << 29));
  }
}
