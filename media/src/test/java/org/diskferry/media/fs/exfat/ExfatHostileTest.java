package org.diskferry.media.fs.exfat;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.Content;
import org.diskferry.media.fs.Coverage;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Node;
import org.diskferry.media.fs.Volume;
import org.diskferry.media.testing.FaultyBlockSource;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.MemorySource;
import org.diskferry.media.testing.MutantRun;
import org.diskferry.media.testing.MutantShare;
import org.diskferry.media.testing.TreeSnapshot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Disks that lie, made from a sound one by changing bytes: each lie costs what it touches.
class ExfatHostileTest {
  private static final String VICTIM = "folder/a victim with a long name.bin";
  private static final String DEEP = "folder/inner/deep file of a name.txt";
  private static final int STREAM_FLAGS = 1;
  private static final int STREAM_WRITTEN = 8;
  private static final int STREAM_FIRST = 20;
  private static final int STREAM_SIZE = 24;

  private SmallExfat disk;
  private ByteBuffer bytes;

  @BeforeEach
  void fresh() throws Exception {
    disk = new SmallExfat();
    bytes = disk.bytes();
  }

  private static Map<String, Listing.Row> allBut(String... paths) throws Exception {
    Map<String, Listing.Row> rows = new HashMap<>(expected());
    Arrays.asList(paths).forEach(rows::remove);
    return rows;
  }

  private static Map<String, Listing.Row> expected() throws Exception {
    return Listing.ofTsv(list()).files();
  }

  private static Path list() throws URISyntaxException {
    return Path.of(Objects.requireNonNull(ExfatHostileTest.class.getResource("small.tsv")).toURI());
  }

  // From contiguous to chained: each cluster leads to the next.
  private long chain(String path) throws Exception {
    int stream = disk.stream(path);
    long first = bytes.getInt(stream + STREAM_FIRST);
    long clusters = Math.ceilDiv(bytes.getLong(stream + STREAM_SIZE), 512L);
    for (long at = first; at < first + clusters; at++) {
      bytes.putInt(disk.tableEntry(at), at + 1 < first + clusters ? (int) at + 1 : -1);
    }
    bytes.put(stream + STREAM_FLAGS, (byte) 1);
    disk.seal(stream);
    return first;
  }

  @Test
  void aSoundDiskIsReadAndExplained() throws Exception {
    assertThat(disk.rows()).isEqualTo(expected());
    assertThat(disk.found().damages()).isEmpty();
    assertThat(disk.tree().coverage().missing()).isZero();
    assertThat(disk.tree().coverage().contested()).isEmpty();
    assertThat(disk.tree().volume().state()).isEqualTo(Volume.State.CLEAN);
  }

  @Test
  void aChainSaysTheSameAsContiguousClusters() throws Exception {
    chain(VICTIM);
    assertThat(disk.rows()).isEqualTo(expected());
    assertThat(disk.tree().coverage().missing()).isZero();
  }

  @Test
  void aChainThatEndsEarlyOrRunsInACircleIsUnreadable() throws Exception {
    long first = chain(VICTIM);
    bytes.putInt(disk.tableEntry(first + 3), -1);
    assertThat(disk.reason(VICTIM)).contains("for 2048 only");
    assertThat(disk.tree().coverage().missing()).isEqualTo(6);
    bytes.putInt(disk.tableEntry(first + 3), (int) first);
    assertThat(disk.reason(VICTIM)).contains("circle");
  }

  @Test
  void bytesThatWereNeverWrittenAreAHole() throws Exception {
    int stream = disk.stream(VICTIM);
    bytes.putLong(stream + STREAM_WRITTEN, 1_000);
    disk.seal(stream);
    Content.Extents extents = (Content.Extents) disk.tree().content(disk.node(VICTIM).id());
    assertThat(extents.size()).isEqualTo(5_000);
    assertThat(extents.runs().getLast().logicalEnd()).isEqualTo(1_000);
    assertThat(disk.tree().coverage().missing()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"8, 5001, were written", "24, 9223372036854775807, more than", "24, -1, more than"})
  void sizesThatCannotBeAreUnreadable(int field, long value, String reason) throws Exception {
    int stream = disk.stream(VICTIM);
    bytes.putLong(stream + field, value);
    disk.seal(stream);
    assertThat(disk.reason(VICTIM)).contains(reason);
  }

  @Test
  void contiguousClustersThatLeaveTheVolumeAreUnreadable() throws Exception {
    int stream = disk.stream(VICTIM);
    long all = disk.boot().clusters() * 512;
    bytes.putLong(stream + STREAM_WRITTEN, all).putLong(stream + STREAM_SIZE, all);
    disk.seal(stream);
    assertThat(disk.reason(VICTIM)).contains("the volume ends");
  }

  @Test
  void aFileWithoutClustersIsUnreadableAndNotEmpty() throws Exception {
    int stream = disk.stream(VICTIM);
    bytes.put(stream + STREAM_FLAGS, (byte) 0);
    disk.seal(stream);
    assertThat(disk.reason(VICTIM)).contains("cluster 0");
  }

  @Test
  void aWrongChecksumCostsItsFileAndItsClustersAreNotExplained() throws Exception {
    int stream = disk.stream(VICTIM);
    bytes.put(stream + 40, (byte) 'Q');
    assertThat(disk.rows()).isEqualTo(allBut(VICTIM));
    assertThat(disk.found().damages())
        .singleElement()
        .satisfies(damage -> assertThat(damage.reason()).contains("checksum"));
    assertThat(disk.tree().coverage().missing()).isEqualTo(10);
  }

  @Test
  void unknownBenignEntriesAreSkippedAndUnknownCriticalOnesCostTheirSet() throws Exception {
    int stream = disk.stream(VICTIM);
    int lastName = stream + 2 * 32;
    assertThat(bytes.get(lastName)).isEqualTo((byte) EntryType.NAME);
    bytes.put(stream + 3, (byte) 15);
    bytes.put(lastName, (byte) 0xE5).put(lastName + 1, (byte) 0);
    disk.seal(stream);
    String shorter = VICTIM.substring(0, "folder/".length() + 15);
    assertThat(disk.rows()).containsKey(shorter).hasSameSizeAs(expected());
    bytes.put(lastName, (byte) 0xC5);
    disk.seal(stream);
    assertThat(disk.rows()).isEqualTo(allBut(VICTIM));
    assertThat(disk.found().damages()).hasSize(1);
  }

  @Test
  void clustersOfUnknownBenignEntriesAreANamedException() throws Exception {
    int stream = disk.stream(VICTIM);
    int file = stream - 32;
    int size = bytes.get(file + 1);
    bytes.put(file, (byte) 0xA5).put(file + 4, (byte) 0).put(file + 5, (byte) 0);
    bytes.put(stream, (byte) 0xE0);
    for (int i = 2; i <= size; i++) {
      bytes.put(file + 32 * i, (byte) 0xE1).put(file + 32 * i + 1, (byte) 0);
    }
    disk.seal(stream);
    assertThat(disk.rows()).isEqualTo(allBut(VICTIM));
    assertThat(disk.found().damages()).isEmpty();
    assertThat(disk.tree().coverage().missing()).isZero();
    assertThat(disk.tree().coverage().exceptions()).hasSize(1);
  }

  @Test
  void badClustersAreNamedAndLostOnesAreNotExplained() throws Exception {
    int map = disk.position(2);
    bytes.put(map + 500, (byte) 0x03);
    bytes.putInt(disk.tableEntry(2 + 4_000), 0xFFFF_FFF7);
    Coverage coverage = disk.tree().coverage();
    assertThat(coverage.unexplained()).containsExactly(new Coverage.Range(4_003, 1));
    assertThat(coverage.exceptions()).anyMatch(one -> one.startsWith("1 clusters"));
  }

  @Test
  void aFileWhoseClustersAreCalledFreeIsContested() throws Exception {
    long first = Integer.toUnsignedLong(bytes.getInt(disk.stream(VICTIM) + STREAM_FIRST));
    int map = disk.position(2) + (int) ((first - 2) / 8);
    bytes.put(map, (byte) (bytes.get(map) & ~(1 << (first - 2) % 8)));
    assertThat(disk.tree().coverage().contested()).containsExactly(new Coverage.Range(first, 1));
  }

  @Test
  void directoriesInACircleEndAndAreTold() throws Exception {
    int inner = disk.stream("folder/inner");
    bytes.putInt(inner + STREAM_FIRST, bytes.getInt(disk.stream("folder") + STREAM_FIRST));
    disk.seal(inner);
    assertThat(disk.rows()).isEqualTo(allBut(DEEP));
    assertThat(disk.found().damages())
        .singleElement()
        .satisfies(damage -> assertThat(damage.reason()).contains("where another one does"));
  }

  @Test
  void timesHaveTheirOffsetAndTenMilliseconds() throws Exception {
    int stream = disk.stream(VICTIM);
    long before = disk.node(VICTIM).modified().toEpochMilli();
    bytes.put(stream - 32 + 21, (byte) 137).put(stream - 32 + 23, (byte) 0x88);
    disk.seal(stream);
    long after = disk.node(VICTIM).modified().toEpochMilli();
    assertThat(after - before).isEqualTo(1_370 - 2 * 3_600_000);
    bytes.put(stream - 32 + 23, (byte) 0xFC);
    disk.seal(stream);
    assertThat(disk.node(VICTIM).modified().toEpochMilli() - before).isEqualTo(1_370 + 3_600_000);
  }

  @Test
  void aNameWithALoneHalfIsShownAndNotValid() throws Exception {
    int stream = disk.stream(VICTIM);
    bytes.putShort(stream + 34, (short) 0xD83D);
    disk.seal(stream);
    assertThat(disk.found().links()).anyMatch(link -> !link.name().isValid());
  }

  @Test
  void aDamagedBootRegionIsReadFromItsBackup() throws Exception {
    BlockSource faulty = new FaultyBlockSource(disk.source()).failAt(0, 512);
    assertThat(Exfat.recognises(faulty)).isTrue();
    assertThat(SmallExfat.rows(faulty)).isEqualTo(expected());
    bytes.put(600, (byte) 1);
    assertThat(disk.rows()).isEqualTo(expected());
    assertThat(disk.found().damages()).hasSize(1);
    assertThat(disk.tree().volume().state()).isEqualTo(Volume.State.DIRTY);
  }

  @Test
  void theBackupOfADiskThatWasFormattedOtherwiseIsNotUsed() {
    for (int at = 0; at < 510; at++) {
      bytes.put(at, (byte) 0);
    }
    assertThat(recognises(disk.source())).isFalse();
  }

  private static boolean recognises(BlockSource source) {
    try {
      return Exfat.recognises(source);
    } catch (MediaException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource({"2", "4"})
  void aVolumeThatIsDirtyOrFailedSaysSo(int flags) throws Exception {
    bytes.putShort(106, (short) flags);
    assertThat(disk.tree().volume().state()).isEqualTo(Volume.State.DIRTY);
  }

  @ParameterizedTest
  @CsvSource({
    "108, 8", "108, 13", "109, 20", "110, 0", "110, 3", "105, 2", "83, 1", "92, -1", "72, 1"
  })
  void aGeometryThatCannotBeIsRefused(int at, int value) {
    for (int region : new int[] {0, 12 * 512}) {
      bytes.put(region + at, (byte) value).put(region + at + (at == 92 ? 3 : 0), (byte) value);
      bytes.put(region + 73, at == 72 ? 0 : bytes.get(region + 73));
    }
    disk.sealBoot();
    assertThat(recognises(disk.source())).isFalse();
  }

  @Test
  void theSecondTableAndMapAreReadWhereTheyAreActive() throws Exception {
    long length = disk.boot().tableSectors();
    int table = (int) disk.boot().tableStart() * 512;
    byte[] copy = new byte[(int) length * 512];
    bytes.get(table, copy);
    bytes.put(table + copy.length, copy);
    for (int at = 0; at < copy.length; at++) {
      bytes.put(table + at, (byte) 0x55);
    }
    bytes.putShort(106, (short) 1).put(110, (byte) 2);
    disk.sealBoot();
    int map = bitmapEntry();
    bytes.put(map + 1, (byte) 1);
    assertThat(disk.rows()).isEqualTo(expected());
    assertThat(disk.tree().coverage().missing()).isZero();
  }

  private int bitmapEntry() throws Exception {
    int root = disk.position(disk.boot().rootCluster());
    for (int at = root; at < root + 512; at += 32) {
      if (bytes.get(at) == (byte) EntryType.BITMAP) {
        return at;
      }
    }
    throw new AssertionError("no bitmap");
  }

  @Test
  void aDamagedUpCaseTableIsToldAndCostsNoFile() throws Exception {
    int root = disk.position(disk.boot().rootCluster());
    for (int at = root; at < root + 512; at += 32) {
      if (bytes.get(at) == (byte) EntryType.UP_CASE_TABLE) {
        bytes.put(at + 4, (byte) ~bytes.get(at + 4));
      }
    }
    assertThat(disk.rows()).isEqualTo(expected());
    assertThat(disk.found().damages()).hasSize(1);
  }

  @Test
  void aTinyImageThatClaimsSixteenTerabytesCostsNothing() throws Exception {
    byte[] head = Arrays.copyOf(disk.copy(), 12 * 512);
    SmallExfat small = new SmallExfat();
    ByteBuffer fields = small.bytes();
    fields.putLong(72, 1L << 35).putInt(84, 1 << 25).putInt(88, 1 << 26).putInt(92, (1 << 31) - 1);
    fields.put(109, (byte) 3);
    small.sealBoot();
    System.arraycopy(small.copy(), 0, head, 0, head.length);
    FaultyBlockSource claim = new FaultyBlockSource(new MemorySource(head));
    assertThat(Exfat.recognises(claim)).isTrue();
    FileTree tree = Exfat.open(claim, Bounds.TIGHT);
    assertThat(tree.volume().size()).isEqualTo(16L << 40);
    assertThat(TreeSnapshot.of(tree).damages()).isNotEmpty();
    assertThat(claim.reads()).isLessThan(10);
  }

  @Test
  void otherThingsAreNotRecognised() {
    byte[] text = "not a volume".repeat(100).getBytes(StandardCharsets.UTF_8);
    assertThat(recognises(new MemorySource(text))).isFalse();
    assertThat(recognises(new MemorySource(new byte[0]))).isFalse();
  }

  @Test
  void aBadSectorOfADirectoryCostsTheFilesThere() throws Exception {
    TreeSnapshot sound = disk.found();
    int sector = disk.stream("many/an entry with some name 10.txt") / 512 * 512;
    BlockSource faulty = new FaultyBlockSource(disk.source()).failAt(sector + 5, 1);
    TreeSnapshot found = TreeSnapshot.of(Exfat.open(faulty, Bounds.TIGHT));
    Map<String, Node> lost = new HashMap<>(sound.paths(Node.Kind.FILE));
    lost.keySet().removeAll(found.paths(Node.Kind.FILE).keySet());
    assertThat(lost.keySet()).hasSizeBetween(2, 6).allMatch(path -> path.startsWith("many/"));
    assertThat(found.damages()).isNotEmpty();
  }

  @Test
  void noMutantCrashesOrHoldsAThread() throws Exception {
    BlockSource base = disk.source();
    MutantRun.of(
            base, volume -> TreeSnapshot.of(Exfat.open(volume, Bounds.TIGHT)), SmallExfat::readAll)
        .run(MutantShare.EXFAT.count());
  }
}
