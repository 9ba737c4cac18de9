package org.diskferry.media.fs.fat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.Coverage;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Link;
import org.diskferry.media.fs.Node;
import org.diskferry.media.fs.Volume;
import org.diskferry.media.fs.chain.RecordSink;
import org.diskferry.media.testing.FaultyBlockSource;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.MemorySource;
import org.diskferry.media.testing.MutantRun;
import org.diskferry.media.testing.MutantShare;
import org.diskferry.media.testing.TreeSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Disks that lie, made from sound ones by changing bytes: each lie costs what it touches.
class FatHostileTest {
  private static final String VICTIM = "folder/a victim with a long name.bin";
  private static final String DEEP = "folder/inner/deep file of a name.txt";

  private static Map<String, Listing.Row> expected() throws IOException, URISyntaxException {
    Path list =
        Path.of(Objects.requireNonNull(FatHostileTest.class.getResource("small.tsv")).toURI());
    return new HashMap<>(Listing.ofTsv(list).files());
  }

  private static Map<String, Listing.Row> allBut(String... paths) throws Exception {
    Map<String, Listing.Row> rows = expected();
    Arrays.asList(paths).forEach(rows::remove);
    return rows;
  }

  private static Map<String, Listing.Row> rows(BlockSource volume) throws MediaException {
    FileTree tree = Fat.open(volume, Bounds.TIGHT);
    return TreeSnapshot.of(tree).files(tree, volume).files();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fat12", "fat16", "fat32"})
  void aSoundDiskIsReadAndExplained(String kind) throws Exception {
    SmallFat disk = new SmallFat(kind);
    assertThat(disk.rows()).isEqualTo(expected());
    assertThat(disk.found().damages()).isEmpty();
    assertThat(disk.tree().coverage().missing()).isZero();
    assertThat(disk.tree().volume().state()).isEqualTo(Volume.State.CLEAN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fat12", "fat16", "fat32"})
  void aChainThatEndsEarlyIsUnreadableAndNotPaddedWithZeros(String kind) throws Exception {
    SmallFat disk = new SmallFat(kind);
    disk.link(disk.cluster(VICTIM, 3), disk.boot().width().mask());
    assertThat(disk.reason(VICTIM)).contains("5000 bytes long").contains("for 2048 only");
    assertThat(disk.tree().coverage().missing()).isEqualTo(6);
  }

  @ParameterizedTest
  @CsvSource({"fat12, 0, free", "fat16, 1, does not exist", "fat32, 268435447, marked bad"})
  void aChainThatLeadsNowhereIsUnreadableWithTheReason(String kind, long next, String reason)
      throws Exception {
    SmallFat disk = new SmallFat(kind);
    disk.link(disk.cluster(VICTIM, 3), next);
    assertThat(disk.reason(VICTIM)).contains(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fat12", "fat16", "fat32"})
  void aChainInACircleEndsAndIsUnreadable(String kind) throws Exception {
    SmallFat disk = new SmallFat(kind);
    disk.link(disk.cluster(VICTIM, 4), disk.cluster(VICTIM, 2));
    assertThat(disk.reason(VICTIM)).contains("circle");
  }

  @Test
  void aChainThatLeadsBackBehindTheLastByteIsNotTrustedEither() throws Exception {
    SmallFat disk = new SmallFat("fat16");
    disk.link(disk.cluster(VICTIM, 9), disk.cluster(VICTIM, 0));
    assertThat(disk.reason(VICTIM)).contains("circle");
  }

  @Test
  void aChainThatIsLongerThanTheFileIsReadAndExplained() throws Exception {
    SmallFat disk = new SmallFat("fat16");
    disk.put(disk.entry(VICTIM) + 28, 100, 0, 0, 0);
    assertThat(disk.rows().get(VICTIM).size()).isEqualTo(100);
    assertThat(disk.found().damages()).isEmpty();
    assertThat(disk.tree().coverage().missing()).isZero();
  }

  @Test
  void crossLinkedFilesAreContested() throws Exception {
    SmallFat disk = new SmallFat("fat32");
    long shared = disk.cluster(VICTIM, 5);
    disk.link(disk.cluster("big.bin", 2), shared);
    Coverage coverage = disk.tree().coverage();
    assertThat(coverage.contested().getFirst().first()).isEqualTo(shared);
    assertThat(coverage.missing()).isEqualTo(15);
  }

  @Test
  void lostChainsAreNotExplainedAndBadClustersAreNamed() throws Exception {
    SmallFat disk = new SmallFat("fat32");
    disk.link(60_000, 60_001).link(60_001, 0xFFF_FFFF).link(50_000, 0xFFF_FFF7);
    Coverage coverage = disk.tree().coverage();
    assertThat(coverage.unexplained()).containsExactly(new Coverage.Range(60_000, 2));
    assertThat(coverage.missing()).isEqualTo(2);
    assertThat(coverage.exceptions()).containsExactly("1 clusters that the volume lists as bad");
  }

  @Test
  void chainsThatVeryManyFilesLeadIntoAreGivenUpByName() throws Exception {
    SmallFat disk = new SmallFat("fat32");
    for (long cluster = 1_000; cluster < 68_000; cluster++) {
      disk.link(cluster, cluster + 1);
    }
    disk.link(68_000, 0xFFF_FFFF);
    for (int i = 0; i < 200; i++) {
      int[] entry = new int[32];
      System.arraycopy("ENTRY%03dBIN".formatted(i).chars().toArray(), 0, entry, 0, 11);
      entry[26] = 1_000 & 0xFF;
      entry[27] = 1_000 >> 8;
      entry[29] = 1;
      disk.put(disk.boot().heap().position(1_000) + 32L * i, entry);
    }
    disk.put(disk.boot().heap().position(1_000) + 32 * 200, 0);
    disk.put(44, 1_000 & 0xFF, 1_000 >> 8, 0, 0);
    assertThatThrownBy(disk::found)
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("cross-linked");
  }

  @Test
  void directoriesInACircleEndAndAreTold() throws Exception {
    SmallFat disk = new SmallFat("fat16");
    disk.start("folder/inner", disk.first("folder"));
    assertThat(disk.rows()).isEqualTo(allBut(DEEP));
    assertThat(disk.found().damages())
        .singleElement()
        .satisfies(damage -> assertThat(damage.reason()).contains("where another one does"));
  }

  @Test
  void aDirectoryWhoseChainLeadsIntoAnotherEndsThere() throws Exception {
    SmallFat disk = new SmallFat("fat32");
    disk.link(disk.first("many"), disk.first("folder"));
    TreeSnapshot found = disk.found();
    assertThat(found.damages())
        .anySatisfy(damage -> assertThat(damage.reason()).contains("part of another directory"));
    assertThat(disk.rows()).containsEntry("UPPER.TXT", expected().get("UPPER.TXT"));
  }

  @Test
  void aDirectoryThatBeginsWithSomethingElseIsNotBelieved() throws Exception {
    SmallFat disk = new SmallFat("fat16");
    disk.start("folder/inner", disk.cluster("big.bin", 0));
    assertThat(disk.rows()).isEqualTo(allBut(DEEP));
    assertThat(disk.found().damages())
        .singleElement()
        .satisfies(damage -> assertThat(damage.reason()).contains("no directory of its own"));
  }

  @Test
  void aTableIsReadFromItsCopyWhereItCannotBeRead() throws Exception {
    SmallFat disk = new SmallFat("fat32");
    BlockSource faulty = new FaultyBlockSource(disk.source()).failAt(disk.table(0), 8L * 512);
    assertThat(rows(faulty)).isEqualTo(expected());
    assertThat(Fat.open(faulty, Bounds.TIGHT).volume().used()).isPositive();
  }

  @Test
  void aTableThatIsLostTwiceCostsTheFilesOfItsSectors() throws Exception {
    SmallFat disk = new SmallFat("fat16");
    BlockSource faulty =
        new FaultyBlockSource(disk.source()).failAt(disk.table(0), 1).failAt(disk.table(1), 1);
    Map<String, Listing.Row> rows = rows(faulty);
    assertThat(rows.get(VICTIM).md5()).startsWith("unreadable: ").contains("in every copy");
    Coverage coverage = Fat.open(faulty, Bounds.TIGHT).coverage();
    assertThat(coverage.missing()).isPositive();
    assertThat(coverage.exceptions()).isNotEmpty();
    assertThat(Fat.open(faulty, Bounds.TIGHT).volume().used()).isEqualTo(-1);
  }

  @Test
  void withoutMirroringOnlyTheActiveTableIsRead() throws Exception {
    SmallFat disk = new SmallFat("fat32").put(40, 0x81);
    disk.link(0, disk.cluster(VICTIM, 3), 0);
    assertThat(disk.rows()).isEqualTo(expected());
    assertThat(rows(new FaultyBlockSource(disk.source()).failAt(disk.table(0), 512)))
        .isEqualTo(expected());
  }

  @Test
  void aBadSectorOfADirectoryCostsTheEntriesThere() throws Exception {
    SmallFat disk = new SmallFat("fat16");
    long position = disk.entry("many/an entry with some name 10.txt") / 512 * 512;
    TreeSnapshot sound = disk.found();
    BlockSource faulty = new FaultyBlockSource(disk.source()).failAt(position + 100, 1);
    TreeSnapshot found = TreeSnapshot.of(Fat.open(faulty, Bounds.TIGHT));
    Map<String, Node> lost = new HashMap<>(sound.paths(Node.Kind.FILE));
    lost.keySet().removeAll(found.paths(Node.Kind.FILE).keySet());
    assertThat(lost.keySet()).hasSizeBetween(4, 6).allMatch(path -> path.startsWith("many/"));
    assertThat(found.damages()).isNotEmpty().allMatch(damage -> damage.id() == lostParent(sound));
  }

  private static long lostParent(TreeSnapshot found) {
    return Objects.requireNonNull(found.paths(Node.Kind.DIRECTORY).get("many")).id();
  }

  @Test
  void anEntryWhoseLongNameBeganInABadSectorIsNotListedUnderItsShortName() throws Exception {
    SmallFat disk = new SmallFat("fat16");
    for (Link link : disk.found().links()) {
      assertThat(link.name().text()).doesNotContain("~");
    }
    Set<String> names = expected().keySet();
    for (long sector : directorySectors(disk.found())) {
      BlockSource faulty = new FaultyBlockSource(disk.source()).failAt(sector, 512);
      TreeSnapshot found = TreeSnapshot.of(Fat.open(faulty, Bounds.TIGHT));
      assertThat(found.damages()).isNotEmpty();
      assertThat(names).containsAll(found.paths(Node.Kind.FILE).keySet());
    }
  }

  private static Set<Long> directorySectors(TreeSnapshot found) {
    return found.nodes().keySet().stream()
        .filter(id -> id > 0)
        .map(id -> id * RecordSink.SIZE / 512 * 512)
        .collect(Collectors.toSet());
  }

  @Test
  void anOrphanLongNameIsNeverPutToAnotherFile() throws Exception {
    SmallFat disk = new SmallFat("fat16");
    disk.put(disk.entry(VICTIM), 'X');
    Map<String, Listing.Row> rows = disk.rows();
    assertThat(rows).doesNotContainKey(VICTIM).containsKey("folder/XVICTI~1.BIN");
    Map<String, Listing.Row> others = new HashMap<>(rows);
    others.remove("folder/XVICTI~1.BIN");
    assertThat(others).isEqualTo(allBut(VICTIM));
  }

  @Test
  void aPartOfALongNameBehindItsLastIsIgnoredWithIt() throws Exception {
    SmallFat disk = new SmallFat("fat16");
    long last = disk.entry(VICTIM) - 64;
    disk.put(last, 0x41).put(last + 32, 0x80);
    assertThat(disk.rows()).doesNotContainKey(VICTIM);
    assertThat(disk.rows().keySet()).anyMatch(path -> path.startsWith("folder/AVICTI~1.BIN"));
  }

  @ParameterizedTest
  @CsvSource({"0x43", "0x01", "0x7F", "0x40", "0xE5"})
  void aLongNameOutOfOrderIsIgnored(int order) throws Exception {
    SmallFat disk = new SmallFat("fat16");
    disk.put(disk.entry(VICTIM) - 64, order);
    assertThat(disk.rows()).doesNotContainKey(VICTIM);
    assertThat(disk.rows().keySet()).anyMatch(path -> path.startsWith("folder/AVICTI~1.BIN"));
  }

  @Test
  void charactersBeyondTheBasicPlaneAndLoneHalvesAreKept() throws Exception {
    SmallFat disk = new SmallFat("fat16");
    long last = disk.entry(VICTIM) - 32;
    disk.put(last + 1, 0x3D, 0xD8, 0x00, 0xDE);
    assertThat(disk.rows()).containsKey("folder/😀victim with a long name.bin");
    disk.put(last + 3, 0x41, 0x00);
    assertThat(disk.found().links())
        .anyMatch(link -> !link.name().isValid() && link.name().text().contains("Avictim"));
  }

  @Test
  void caseBitsTheEscapedKanjiAndTheCodePageMakeTheShortName() throws Exception {
    SmallFat disk = new SmallFat("fat16");
    long upper = disk.entry("UPPER.TXT");
    disk.put(upper + 12, 0x08);
    assertThat(disk.rows()).containsKey("upper.TXT");
    disk.put(upper + 12, 0x18);
    assertThat(disk.rows()).containsKey("upper.txt");
    disk.put(upper, 0x05, 0x8E).put(upper + 12, 0);
    assertThat(disk.rows()).containsKey("σÄPER.TXT");
    FileTree japanese = Fat.open(disk.source(), Bounds.TIGHT, Charset.forName("windows-31j"));
    disk.put(upper, 0x05, 0xA0, 'P');
    assertThat(TreeSnapshot.of(japanese).paths(Node.Kind.FILE).keySet())
        .anyMatch(path -> path.endsWith("PER.TXT") && !path.startsWith("U"));
  }

  @Test
  void aByteThatTheCodePageLacksMakesANameThatIsNotValid() throws Exception {
    SmallFat disk = new SmallFat("fat16");
    disk.put(disk.entry("UPPER.TXT"), 0x81);
    FileTree tree = Fat.open(disk.source(), Bounds.TIGHT, StandardCharsets.US_ASCII);
    assertThat(TreeSnapshot.of(tree).links())
        .anyMatch(link -> !link.name().isValid() && link.name().text().endsWith("PPER.TXT"));
  }

  @Test
  void aDateThatDoesNotExistIsTheEpoch() throws Exception {
    SmallFat disk = new SmallFat("fat16");
    disk.put(disk.entry(VICTIM) + 24, 0, 0);
    assertThat(disk.rows().get(VICTIM).mtime()).isZero();
  }

  @Test
  void whatIsNoEntryIsLeftOutAndCounted() throws Exception {
    SmallFat disk = new SmallFat("fat16");
    disk.put(disk.entry(VICTIM) + 11, 0xC0).put(disk.entry("UPPER.TXT") + 3, 0x01);
    assertThat(disk.rows()).isEqualTo(allBut(VICTIM, "UPPER.TXT"));
    assertThat(disk.found().damages()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"fat16, 3, 0x7F", "fat16, 3, 0xBF", "fat32, 7, 0x07", "fat32, 7, 0x0B"})
  void aVolumeThatWasNotPutAwayIsDirty(String kind, int at, int value) throws Exception {
    SmallFat disk = new SmallFat(kind);
    disk.put(disk.table(0) + at, value);
    assertThat(disk.tree().volume().state()).isEqualTo(Volume.State.DIRTY);
  }

  @ParameterizedTest
  @CsvSource({"fat12, 37", "fat16, 37", "fat32, 65"})
  void aDriversMarkInTheBootSectorIsDirty(String kind, int at) throws Exception {
    assertThat(new SmallFat(kind).put(at, 1).tree().volume().state()).isEqualTo(Volume.State.DIRTY);
  }

  @Test
  void aLostBootSectorIsReadFromItsBackup() throws Exception {
    SmallFat disk = new SmallFat("fat32");
    BlockSource faulty = new FaultyBlockSource(disk.source()).failAt(0, 512);
    assertThat(Fat.recognises(faulty)).isTrue();
    assertThat(rows(faulty)).isEqualTo(expected());
    SmallFat zeroed = new SmallFat("fat32").put(0, new int[512]);
    assertThat(zeroed.rows()).isEqualTo(expected());
    assertThat(zeroed.found().damages())
        .singleElement()
        .satisfies(damage -> assertThat(damage.reason()).contains("backup in sector 6"));
  }

  @Test
  void theBackupOfADiskThatWasPartitionedLaterIsNotUsed() throws Exception {
    SmallFat disk = new SmallFat("fat32").put(0, new int[510]);
    assertThat(Fat.recognises(disk.source())).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "11, 1",
    "12, 3",
    "13, 0",
    "13, 3",
    "14, 0",
    "16, 0",
    "21, 0x12",
    "22, 0",
    "17, 0",
    "510, 0"
  })
  void aGeometryThatCannotBeIsRefused(int at, int value) throws Exception {
    SmallFat disk = new SmallFat("fat16").put(at, value);
    if (at == 17) {
      disk.put(18, 0);
    }
    assertThat(Fat.recognises(disk.source())).isFalse();
  }

  @Test
  void whatBitLockerLocksIsNoFat() throws Exception {
    SmallFat disk = new SmallFat("fat32");
    disk.put(
        424, 0x3B, 0xD6, 0x67, 0x49, 0x29, 0x2E, 0xD8, 0x4A, 0x83, 0x99, 0xF6, 0xA3, 0x39, 0xE3,
        0xD0, 0x01);
    assertThat(Fat.recognises(disk.source())).isFalse();
  }

  @Test
  void aTinyImageThatClaimsSixteenTerabytesCostsNothing() throws Exception {
    byte[] boot = Arrays.copyOf(SmallFat.bytes("fat32"), 1_024);
    ByteBuffer fields = ByteBuffer.wrap(boot).order(ByteOrder.LITTLE_ENDIAN);
    fields.putShort(11, (short) 4096).put(13, (byte) 128).putInt(32, -1).putInt(36, 1 << 20);
    FaultyBlockSource claim = new FaultyBlockSource(new MemorySource(boot));
    assertThat(Fat.recognises(claim)).isTrue();
    FileTree tree = Fat.open(claim, Bounds.TIGHT);
    assertThat(tree.volume().size()).isGreaterThan(15L << 40);
    assertThat(TreeSnapshot.of(tree).damages()).isNotEmpty();
    assertThat(claim.reads()).isLessThan(10);
  }

  @Test
  void otherThingsAreNotRecognised() throws Exception {
    byte[] text = "not a volume".repeat(100).getBytes(StandardCharsets.UTF_8);
    assertThat(Fat.recognises(new MemorySource(text))).isFalse();
    assertThat(Fat.recognises(new MemorySource(new byte[0]))).isFalse();
    assertThatThrownBy(() -> Fat.open(new MemorySource(text), Bounds.TIGHT))
        .isInstanceOf(MediaException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fat12", "fat16", "fat32"})
  void noMutantCrashesOrHoldsAThread(String kind) throws Exception {
    BlockSource base = new SmallFat(kind).source();
    MutantRun.of(base, volume -> TreeSnapshot.of(Fat.open(volume, Bounds.TIGHT)), SmallFat::readAll)
        .run(Math.ceilDiv(MutantShare.FAT.count(), 3));
  }
}
