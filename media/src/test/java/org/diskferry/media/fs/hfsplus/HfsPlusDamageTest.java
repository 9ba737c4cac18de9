package org.diskferry.media.fs.hfsplus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.block.SliceSource;
import org.diskferry.media.fs.Coverage;
import org.diskferry.media.fs.Damage;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Node;
import org.diskferry.media.fs.Volume;
import org.diskferry.media.testing.FaultyBlockSource;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.MadeDisk;
import org.diskferry.media.testing.MemorySource;
import org.diskferry.media.testing.TreeSnapshot;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// One thing broken at a time: what hangs on it is told, the rest is there.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HfsPlusDamageTest {
  private MadeDisk disk;
  private BlockSource image;
  private EditedVolume volume;
  private BTreeHeader tree;

  @BeforeAll
  void unpack(@TempDir Path folder) throws Exception {
    disk = HfsPlusDisks.unpack(getClass(), folder, "hfsx");
    image = disk.open();
  }

  @AfterAll
  void close() {
    image.close();
  }

  @BeforeEach
  void edit() throws Exception {
    volume = new EditedVolume(image);
    tree = volume.structures().catalogue().tree().header();
  }

  private record Seen(Set<String> lost, Set<String> unreadable, String told) {}

  // What is there is right; the rest is what this returns.
  private Seen see(BlockSource source) throws MediaException {
    FileTree opened = HfsPlus.open(source, Bounds.GENEROUS);
    TreeSnapshot found = TreeSnapshot.of(opened);
    Map<String, Listing.Row> rows = new TreeMap<>(found.files(opened, source).files());
    Set<String> lost = new TreeSet<>(disk.expected().files().keySet());
    lost.removeAll(rows.keySet());
    Set<String> unreadable = new TreeSet<>();
    rows.forEach((path, row) -> {
      if (row.md5().startsWith("unreadable: ")) {
        unreadable.add(path);
      } else {
        assertThat(row).as(path).isEqualTo(disk.expected().files().get(path));
      }
    });
    StringBuilder told = new StringBuilder();
    found.damages().forEach(damage -> told.append(damage.reason()).append('\n'));
    return new Seen(lost, unreadable, told.toString());
  }

  private Seen see() throws MediaException {
    return see(volume.source());
  }

  private void assertNothingLost(Seen seen) {
    assertThat(seen.lost()).isEmpty();
    assertThat(seen.unreadable()).isEmpty();
  }

  @Test
  void aSoundDiskShowsNothing() throws Exception {
    assertThat(see()).isEqualTo(new Seen(Set.of(), Set.of(), ""));
  }

  @Test
  void aLostHeaderIsReplacedByTheAlternateOne() throws Exception {
    volume.source().put(VolumeHeader.OFFSET, new byte[VolumeHeader.LENGTH]);
    assertThat(HfsPlus.recognises(volume.source())).isTrue();
    Seen seen = see();
    assertNothingLost(seen);
    assertThat(seen.told()).contains("the alternate one at the end is used");
    Volume told = HfsPlus.open(volume.source(), Bounds.GENEROUS).volume();
    assertThat(told.state()).isEqualTo(Volume.State.DIRTY);
    assertThat(told.used()).isEqualTo(-1);
  }

  @Test
  void anUnreadableHeaderIsReplacedByTheAlternateOne() throws Exception {
    FaultyBlockSource faulty = new FaultyBlockSource(image).failAt(VolumeHeader.OFFSET, 1);
    assertThat(HfsPlus.recognises(faulty)).isTrue();
    assertNothingLost(see(faulty));
  }

  @Test
  void anAlternateHeaderWithoutItsVolumeIsNotBelieved() throws Exception {
    volume.source().put(VolumeHeader.OFFSET, new byte[VolumeHeader.LENGTH]);
    volume.put(volume.place(volume.structures().header().catalogue(), 0), ByteBuffer.allocate(512));
    assertThat(HfsPlus.recognises(volume.source())).isFalse();
    SliceSource shorter = new SliceSource(image, 0, image.size() - 4096);
    assertThat(HfsPlus.recognises(new SliceSource(shorter, 2048, shorter.size() - 2048))).isFalse();
  }

  @Test
  void aVolumeWithoutAnyHeaderIsDamaged() {
    BlockSource nothing = new MemorySource(new byte[1 << 20]);
    assertThatThrownBy(() -> HfsPlus.open(nothing, Bounds.TIGHT))
        .isInstanceOfSatisfying(
            MediaException.class, e -> assertThat(e.trouble()).isEqualTo(Trouble.DAMAGED));
  }

  @Test
  void aLeafThatIsDamagedCostsThatLeaf() throws Exception {
    long second = volume.structures().catalogue().tree().node(tree.firstLeaf()).next();
    for (long leaf : new long[] {tree.firstLeaf(), second, tree.lastLeaf()}) {
      edit();
      volume.putShort(volume.node(leaf) + tree.nodeSize() - 2, 17);
      Seen seen = see();
      assertThat(seen.told()).contains("catalogue, node " + leaf + ": record 0 at 17");
      Set<String> gone = new TreeSet<>(seen.lost());
      gone.addAll(seen.unreadable());
      assertThat(gone.size()).isBetween(0, 40);
    }
  }

  @Test
  void anUnreadableLeafCostsThatLeafAndItsFilesAreNamed() throws Exception {
    CatalogueVisitor.Found found =
        volume.find(one -> one.record() instanceof CatalogRecord.File file && file.cnid() > 40);
    long leaf = volume.node(found.leaf());
    Seen seen = see(new FaultyBlockSource(image).failAt(leaf, 1));
    assertThat(seen.unreadable()).isNotEmpty();
    assertThat(seen.told()).contains("byte " + leaf + ": unreadable");
    // A thread may have been on the same leaf: then the folder is named, with the number.
    assertThat(seen.lost().size()).isLessThanOrEqualTo(seen.unreadable().size());
  }

  @Test
  void whatLosesItsThreadTooIsMissedByItsFolder() throws Exception {
    // Files of `Dir` and the threads of these very files are on one leaf.
    CatalogueVisitor.Found found = volume.find(one -> EditedVolume.isNamed(one, "FILE"));
    FaultyBlockSource faulty = new FaultyBlockSource(image).failAt(volume.node(found.leaf()), 1);
    FileTree opened = HfsPlus.open(faulty, Bounds.GENEROUS);
    TreeSnapshot snapshot = TreeSnapshot.of(opened);
    assertThat(see(faulty).lost()).containsExactlyInAnyOrder("DIR/file", "Dir/FILE", "Dir/File");
    Map<String, Node> folders = snapshot.paths(Node.Kind.DIRECTORY);
    assertThat(snapshot.damages())
        .filteredOn(damage -> damage.reason().contains("of its entries"))
        .extracting(Damage::id, Damage::reason)
        .containsExactlyInAnyOrder(
            tuple(folders.get("DIR").id(), "folder number 188 has lost 1 of its entries"),
            tuple(
                folders.get("Dir").id(),
                "folder number %d has lost 2 of its entries".formatted(folders.get("Dir").id())));
  }

  @Test
  void aBadSectorOfALeafCostsTheRecordsThatLieThere() throws Exception {
    CatalogueVisitor.Found found = volume.find(one -> EditedVolume.isNamed(one, "File_014.dat"));
    long value = volume.catalogueValue(found::equals);
    // The leaf's own first sector describes it: the record goes on in the second.
    long second = volume.node(found.leaf()) + 512;
    assertThat(value).isBetween(second - 248, second);
    Seen seen = see(new FaultyBlockSource(image).failAt(second, 1));
    assertThat(seen.lost()).isEmpty();
    assertThat(seen.unreadable())
        .containsExactlyInAnyOrder(
            "mixed/File_014.dat", "mixed/File_016.dat", "mixed/File_018.dat");
  }

  @Test
  void aLeafWithoutTheTableOfItsRecordsIsReadRecordByRecord() throws Exception {
    CatalogueVisitor.Found found = volume.find(one -> EditedVolume.isNamed(one, "File_014.dat"));
    long last = volume.node(found.leaf()) + tree.nodeSize() - 512;
    Seen seen = see(new FaultyBlockSource(image).failAt(last, 1));
    assertNothingLost(seen);
    assertThat(seen.told()).isEmpty();
  }

  @Test
  void aCatalogueWithoutItsHeaderIsPutTogetherFromItsNodes() throws Exception {
    volume.source().put(volume.node(0), new byte[512]);
    Seen seen = see();
    assertNothingLost(seen);
    assertThat(seen.told()).contains("is put together from its nodes");
    assertThat(HfsPlus.open(volume.source(), Bounds.GENEROUS).coverage().missing()).isZero();
  }

  @Test
  void aLeafThatIsNotUsedAnyMoreIsNotTakenForTheCatalogue() throws Exception {
    ByteBuffer stale = volume.read(volume.node(tree.lastLeaf()), tree.nodeSize());
    // Neither what links to a leaf of the tree, nor what links to nothing.
    stale.putInt(0, (int) tree.lastLeaf()).putInt(4, 0);
    volume.put(volume.node(tree.nodes() - 1), stale);
    volume.put(volume.node(tree.nodes() - 2), stale.putInt(0, 0));
    volume.source().put(volume.node(0), new byte[512]);
    assertNothingLost(see());
  }

  @Test
  void norIsItWhereTheCatalogueHasLostALeafAsWell() throws Exception {
    ByteBuffer stale = volume.read(volume.node(tree.lastLeaf()), tree.nodeSize());
    volume.put(volume.node(tree.nodes() - 1), stale.putInt(0, 0).putInt(4, 0));
    volume.source().put(volume.node(0), new byte[512]);
    volume.source().put(volume.node(tree.firstLeaf()), new byte[512]);
    assertThatThrownBy(this::see)
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("its header is damaged");
  }

  @Test
  void aCatalogueWithoutHeaderAndRootIsLost() throws Exception {
    volume.source().put(volume.node(0), new byte[512]);
    volume.source().put(volume.node(tree.root()), new byte[512]);
    assertThatThrownBy(this::see)
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("its header is damaged");
  }

  @Test
  void aChainThatLeadsAstrayCostsNothing() throws Exception {
    long first = volume.node(tree.firstLeaf());
    for (int wrong : new int[] {0, (int) tree.lastLeaf(), (int) tree.firstLeaf(), 3, -1}) {
      edit();
      volume.putInt(first, wrong);
      Seen seen = see();
      assertNothingLost(seen);
      assertThat(seen.told()).isNotEmpty();
    }
  }

  @Test
  void aTreeThatBeginsElsewhereCostsNothing() throws Exception {
    long header = volume.node(0) + 14;
    for (int wrong : new int[] {0, (int) tree.lastLeaf(), -1}) {
      edit();
      volume.putInt(header + 10, wrong);
      assertNothingLost(see());
    }
  }

  @Test
  void aTreeThatIsShorterThanItsFirstNodeHasNone() throws Exception {
    ByteBuffer size = ByteBuffer.allocate(8).putLong(0, 600);
    volume.put(VolumeHeader.OFFSET + 272, size);
    Seen seen = see();
    assertThat(seen.lost()).isNotEmpty();
    assertThat(seen.told()).contains("there is no node").contains("the record of the root is lost");
  }

  @Test
  void recordsThatALeafHasLostAreMissed() throws Exception {
    BTreeNode leaf = volume.structures().catalogue().tree().node(tree.firstLeaf());
    volume.putShort(volume.node(tree.firstLeaf()) + 10, leaf.records() - 1);
    assertThat(see().told()).contains("records were found, and there should be");
  }

  @Test
  void aFolderWhoseRecordIsDamagedKeepsWhatIsInIt() throws Exception {
    CatalogueVisitor.Found folder =
        volume.find(one ->
            one.record() instanceof CatalogRecord.Folder
                && one.key().parent() == Catalogue.ROOT
                && Names.text(one.key().name()).equals("Dir"));
    long value = volume.catalogueValue(folder::equals);
    volume.putShort(value, 9);
    Seen seen = see();
    assertNothingLost(seen);
    assertThat(seen.told()).contains("a record of kind 9");
    edit();
    volume.putInt(value + 8, 4_000_000);
    seen = see();
    assertThat(seen.lost()).isEmpty();
  }

  @Test
  void aFileWhoseRecordIsDamagedIsNamed() throws Exception {
    volume.putShort(volume.named("File"), 77);
    Seen seen = see();
    assertThat(seen.unreadable()).hasSize(1).allMatch(path -> path.endsWith("File"));
    assertThat(seen.lost()).isEmpty();
    assertThat(seen.told()).contains("the record of file 'File'");
  }

  @Test
  void runsThatLeaveTheVolumeCostTheirFile() throws Exception {
    CatalogueVisitor.Found found =
        volume.find(
            one -> one.record() instanceof CatalogRecord.File file && file.data().size() > 0);
    long value = volume.catalogueValue(found::equals);
    volume.putInt(value + 88 + 16, 0x7FFF_FFFF);
    Seen seen = see();
    assertThat(seen.unreadable()).hasSize(1);
    volume.putInt(value + 88 + 16, 1);
    volume.put(value + 88, ByteBuffer.allocate(8).putLong(0, -5));
    assertThat(see().unreadable()).hasSize(1);
    volume.put(value + 88, ByteBuffer.allocate(8).putLong(0, Long.MAX_VALUE));
    assertThat(see().unreadable()).hasSize(1);
  }

  @Test
  void aDamagedExtentsFileCostsOnlyWhatNeedsIt() throws Exception {
    volume.source().put(volume.place(volume.structures().header().extents(), 0), new byte[512]);
    Seen seen = see();
    assertNothingLost(seen);
    assertThat(seen.told()).contains("extents file: its header is damaged");
  }

  @Test
  void aDamagedMapIsAnExceptionOfTheProof() throws Exception {
    long map = volume.place(volume.structures().header().allocation(), 0);
    FaultyBlockSource faulty = new FaultyBlockSource(image).failAt(map, 1);
    Coverage coverage = HfsPlus.open(faulty, Bounds.GENEROUS).coverage();
    assertThat(coverage.missing()).isPositive();
    assertThat(coverage.exceptions()).singleElement().asString().contains("is not known");
  }

  @Test
  void blocksThatNobodyOwnsOrThatAreUsedAndCalledFreeAreFound() throws Exception {
    long lost = volume.allocate(3);
    CatalogueVisitor.Found found =
        volume.find(
            one -> one.record() instanceof CatalogRecord.File file && file.data().size() > 0);
    long used = ((CatalogRecord.File) found.record()).data().first().getFirst().start();
    long map = volume.place(volume.structures().header().allocation(), 0) + used / 8;
    volume.source().put(map, (byte) (volume.read(map, 1).get(0) & ~(0x80 >>> used % 8)));
    Coverage coverage = HfsPlus.open(volume.source(), Bounds.GENEROUS).coverage();
    assertThat(coverage.unexplained()).containsExactly(new Coverage.Range(lost, 3));
    assertThat(coverage.contested()).containsExactly(new Coverage.Range(used, 1));
    assertThat(coverage.missing()).isEqualTo(3);
  }

  @Test
  void aVolumeThatClaimsMoreThanThereIsCostsNothing() throws Exception {
    byte[] head = new byte[4096];
    image.read(0, ByteBuffer.wrap(head));
    ByteBuffer raw = ByteBuffer.wrap(head);
    raw.putInt(VolumeHeader.OFFSET + 40, 65_536).putInt(VolumeHeader.OFFSET + 44, 0x1000_0000);
    for (int fork = 112; fork < 512; fork += Fork.LENGTH) {
      int at = VolumeHeader.OFFSET + fork;
      raw.putLong(at, 1L << 40)
          .putInt(at + 12, 1 << 24)
          .putInt(at + 16, 0)
          .putInt(at + 20, 1 << 24);
    }
    BlockSource liar = new MemorySource(Arrays.copyOf(head, 1536));
    assertThat(HfsPlus.recognises(liar)).isTrue();
    assertThatThrownBy(() -> HfsPlus.open(liar, Bounds.TIGHT)).isInstanceOf(MediaException.class);
    // With a catalogue that says as much of itself.
    ByteBuffer node = ByteBuffer.wrap(head);
    node.put(8, (byte) 1).putShort(10, (short) 3).putShort(14 + 18, (short) 512);
    node.putInt(14 + 22, -1).putInt(14 + 6, -1).putInt(14 + 10, 5);
    FileTree opened = HfsPlus.open(new MemorySource(Arrays.copyOf(head, 1536)), Bounds.TIGHT);
    assertThat(opened.volume().size()).isEqualTo(1L << 44);
    assertThat(TreeSnapshot.of(opened).damages()).isNotEmpty();
    assertThat(opened.coverage().missing()).isPositive();
  }
}
