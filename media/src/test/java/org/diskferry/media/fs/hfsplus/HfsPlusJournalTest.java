package org.diskferry.media.fs.hfsplus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.Coverage;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Node;
import org.diskferry.media.fs.Volume;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.MadeDisk;
import org.diskferry.media.testing.TreeSnapshot;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Journals that wait, hand-built: part of the catalogue is zeroed on the volume and written to the
/// journal; replayed, the volume is what it was.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HfsPlusJournalTest {
  private static final int SIZE = 64 << 10;

  private MadeDisk disk;
  private BlockSource image;
  private EditedVolume volume;
  private long leaf;
  private int nodeSize;

  @BeforeAll
  void unpack(@TempDir Path folder) throws Exception {
    disk = HfsPlusDisks.unpack(getClass(), folder, "hfsplus-hardlinks");
    image = disk.open();
  }

  @AfterAll
  void close() {
    image.close();
  }

  @BeforeEach
  void edit() throws Exception {
    volume = new EditedVolume(image);
    BTreeHeader header = volume.structures().catalogue().tree().header();
    leaf = volume.node(header.firstLeaf());
    nodeSize = header.nodeSize();
  }

  private JournalBuilder journal(ByteOrder order, int start) throws MediaException {
    return new JournalBuilder(volume, order, SIZE, start);
  }

  private JournalBuilder journal() throws MediaException {
    return journal(ByteOrder.LITTLE_ENDIAN, JournalBuilder.UNIT);
  }

  // The first leaf as it should be.
  private byte[] sound() throws MediaException {
    return volume.bytes(leaf, nodeSize);
  }

  private void zeroLeaf() {
    volume.source().put(leaf, new byte[nodeSize]);
  }

  private FileTree open() throws MediaException {
    return HfsPlus.open(volume.source(), Bounds.GENEROUS);
  }

  private void assertWhole(FileTree tree) throws MediaException {
    TreeSnapshot found = TreeSnapshot.of(tree);
    assertThat(found.damages()).isEmpty();
    assertThat(found.files(tree, volume.source()).files()).isEqualTo(disk.expected().files());
    assertThat(tree.volume().state()).isEqualTo(Volume.State.REPLAYED);
    Coverage coverage = tree.coverage();
    assertThat(coverage.missing()).isZero();
    assertThat(coverage.contested()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "BIG_ENDIAN, 512",
    "LITTLE_ENDIAN, 512",
    "LITTLE_ENDIAN, 61440",
    "BIG_ENDIAN, 64512",
    "LITTLE_ENDIAN, 59392"
  })
  void whatWaitsIsReplayedWhereverItLiesInTheLog(String order, int start) throws Exception {
    ByteOrder byteOrder =
        order.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    JournalBuilder journal = journal(byteOrder, start);
    byte[] sound = sound();
    zeroLeaf();
    journal.change(leaf, sound).kill(1024).commit();
    journal.close();

    assertWhole(open());
  }

  @Test
  void theOldFormIsReplayed() throws Exception {
    JournalBuilder journal = journal(ByteOrder.BIG_ENDIAN, JournalBuilder.UNIT);
    byte[] sound = sound();
    zeroLeaf();
    journal.change(leaf, sound).commitOld();
    journal.close();

    assertWhole(open());
  }

  @Test
  void theLastOfSeveralChangesCounts() throws Exception {
    JournalBuilder journal = journal();
    byte[] sound = sound();
    zeroLeaf();
    byte[] noise = new byte[nodeSize];
    Arrays.fill(noise, (byte) 0x5A);
    journal.change(leaf, noise).commit();
    journal.change(leaf, sound).commit();
    journal.close();

    assertWhole(open());
  }

  @Test
  void transactionsThatTheHeaderDoesNotKnowOfYetCountWhereTheyProveIt() throws Exception {
    JournalBuilder journal = journal();
    byte[] sound = sound();
    zeroLeaf();
    journal.change(leaf, new byte[nodeSize]).commit();
    int known = journal.end();
    journal.change(leaf, sound).commit();
    journal.close(known);

    assertWhole(open());
  }

  @Test
  void theHeaderItselfMayBeNewerInTheJournal() throws Exception {
    JournalBuilder journal = journal();
    int used = 1234;
    byte[] sector = volume.bytes(VolumeHeader.OFFSET, VolumeHeader.LENGTH);
    ByteBuffer header = ByteBuffer.wrap(sector);
    int free = header.getInt(48);
    header.putInt(48, free - used);
    journal.change(VolumeHeader.OFFSET, sector).commit();
    journal.close();

    FileTree tree = open();
    long blocks = volume.structures().header().blocks();
    assertThat(tree.volume().used()).isEqualTo((blocks - free + used) * volume.blockSize());
  }

  @Test
  void bytesOfAFileThatTheJournalReplacesAreReadFromIt() throws Exception {
    JournalBuilder journal = journal();
    FileTree before = HfsPlus.open(image, Bounds.GENEROUS);
    TreeSnapshot seen = TreeSnapshot.of(before);
    String path = "links/béta linked.bin";
    long place = seen.paths(Node.Kind.FILE).get(path).firstByte();
    byte[] bytes = volume.bytes(place + 512, 1024);
    volume.source().put(place + 512, new byte[1024]);
    journal.change(place + 512, bytes).commit();
    journal.close();

    assertWhole(open());
  }

  @Test
  void anEmptyJournalChangesNothing() throws Exception {
    journal().close();
    TreeSnapshot found = TreeSnapshot.of(open());
    assertThat(found.damages()).isEmpty();
    assertThat(open().volume().state()).isEqualTo(Volume.State.DIRTY);
  }

  @Test
  void aJournalOfAnotherMountIsLeftAlone() throws Exception {
    JournalBuilder journal = journal();
    journal.change(leaf, new byte[nodeSize]).commit();
    journal.close();
    volume.putInt(VolumeHeader.OFFSET + 8, 0x482B_4C78);

    assertThat(rows(open())).isEqualTo(disk.expected().files());
  }

  private Map<String, Listing.Row> rows(FileTree tree) throws MediaException {
    return new TreeMap<>(TreeSnapshot.of(tree).files(tree, volume.source()).files());
  }

  private void assertDirty(String reason) throws MediaException {
    FileTree tree = open();
    TreeSnapshot found = TreeSnapshot.of(tree);
    assertThat(tree.volume().state()).isEqualTo(Volume.State.DIRTY);
    assertThat(found.damages().getFirst().reason()).contains(reason);
    assertThat(rows(tree)).isEqualTo(disk.expected().files());
  }

  @Test
  void aDamagedTransactionAndThoseBehindItAreNotReplayed() throws Exception {
    JournalBuilder journal = journal();
    byte[] sound = sound();
    zeroLeaf();
    journal.change(leaf, sound).commit();
    int bad = journal.change(leaf, new byte[nodeSize]).commit();
    journal.change(leaf, new byte[nodeSize]).commit();
    journal.close();
    volume.putInt(journal.base() + bad + JournalBuilder.LIST + 100, 1);

    assertDirty(
        "the journal's transaction at byte " + bad + ": unit " + leaf / 512 + " has a wrong");
  }

  @Test
  void aDamagedListEndsTheReplay() throws Exception {
    JournalBuilder journal = journal();
    int bad = journal.change(leaf, new byte[nodeSize]).commit();
    journal.close();
    volume.putInt(journal.base() + bad + 4, 1);

    assertDirty("its list of blocks has a wrong checksum");
  }

  @Test
  void aDamagedHeaderIsNamed() throws Exception {
    JournalBuilder journal = journal();
    journal.change(leaf, new byte[nodeSize]).commit();
    journal.close();
    volume.putInt(journal.base() + 8, 0x0101_0101);
    assertDirty("the journal's header has a wrong checksum");
    volume.putInt(journal.base(), 0);
    assertDirty("the journal's header is missing");
  }

  @Test
  void aPlaceThatCannotBeIsNamed() throws Exception {
    JournalBuilder journal = journal();
    journal.close();
    volume.putInt(journal.info() + 36, 0x7FFF_FFFF);
    assertDirty("does not lie on the volume");
    volume.putInt(VolumeHeader.OFFSET + 12, -1);
    assertDirty("the journal's description is said to be in block 4294967295");
  }

  @Test
  void aJournalOnAnotherDeviceIsNamedUnlessTheVolumeIsClean() throws Exception {
    JournalBuilder journal = journal();
    volume.putInt(journal.info(), 2);
    assertDirty("its journal is on another device");
    int attributes = volume.read(VolumeHeader.OFFSET + 4, 4).getInt(0);
    volume.putInt(VolumeHeader.OFFSET + 4, attributes | 1 << 8);
    assertThat(open().volume().state()).isEqualTo(Volume.State.CLEAN);
    assertThat(TreeSnapshot.of(open()).damages()).isEmpty();
  }
}
