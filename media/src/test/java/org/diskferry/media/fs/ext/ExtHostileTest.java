package org.diskferry.media.fs.ext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.diskferry.media.Bounds;
import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.Content;
import org.diskferry.media.fs.Damage;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Node;
import org.diskferry.media.fs.Volume;
import org.diskferry.media.testing.CpuTime;
import org.diskferry.media.testing.FaultyBlockSource;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.MemorySource;
import org.diskferry.media.testing.Mutants;
import org.diskferry.media.testing.TreeSnapshot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Disks that lie, made by hand from a sound one: each lie costs what it touches.
class ExtHostileTest {
  private static final int BLOCK = 1024;
  private static final int MUTANTS = 500 * Integer.getInteger("diskferry.mutants", 1);
  private static final long SEED = Long.getLong("diskferry.seed", 20_100_521L);
  private static final long MOST_NANOS = 2_000_000_000L;

  private ByteBuffer image = ByteBuffer.allocate(0);

  // The sound image as it is after replay, with its journal called empty: what is changed here is
  // what is read.
  @BeforeEach
  void replayed() throws Exception {
    BlockSource pending = SmallDisk.source();
    SuperblockSearch.Found found = new SuperblockSearch(pending).find();
    Journal.Outcome outcome = new Journal(pending, found, new Budget(Bounds.GENEROUS)).replay();
    image = ByteBuffer.allocate((int) pending.size()).order(ByteOrder.LITTLE_ENDIAN);
    new ReplayedSource(pending, outcome.replay(), BLOCK).read(0, image);
    image.clear();
    clear(1024 + 0x60, Feature.NEEDS_RECOVERY.bit());
    assertThat(Ext.open(source(), Bounds.TIGHT).volume().state()).isEqualTo(Volume.State.CLEAN);
  }

  private void clear(int at, int bits) {
    image.putInt(at, image.getInt(at) & ~bits);
  }

  private MemorySource source() {
    return new MemorySource(image.array().clone());
  }

  private FileTree tree() throws MediaException {
    return Ext.open(source(), Bounds.TIGHT);
  }

  private int inodeOf(String path) throws MediaException {
    Layout layout = new SuperblockSearch(source()).find().layout();
    TreeSnapshot found = TreeSnapshot.of(tree());
    long number =
        Stream.of(Node.Kind.FILE, Node.Kind.DIRECTORY)
            .flatMap(kind -> found.paths(kind).entrySet().stream())
            .filter(entry -> entry.getKey().equals(path))
            .mapToLong(entry -> entry.getValue().id())
            .findFirst()
            .orElseThrow();
    Blocks blocks = new Blocks(source(), layout.geometry(), new Budget(Bounds.GENEROUS));
    GroupDescriptor group = new Groups(layout, blocks).descriptor(0);
    return (int) (group.inodeTable() * BLOCK + (number - 1) * layout.geometry().inodeSize());
  }

  private Content content(String path) throws MediaException {
    FileTree tree = tree();
    return tree.content(TreeSnapshot.of(tree).paths(Node.Kind.FILE).get(path).id());
  }

  private String reason(String path) throws MediaException {
    assertThat(content(path)).isInstanceOf(Content.Unreadable.class);
    return ((Content.Unreadable) content(path)).reason();
  }

  private int treeBlock(int inode) {
    return image.getInt(inode + 0x28 + 12 + 4);
  }

  @Test
  void anExtentTreeThatLeadsToItselfEnds() throws Exception {
    int inode = inodeOf("sparse.bin");
    int block = treeBlock(inode);
    ByteBuffer node = image.slice(block * BLOCK, BLOCK).order(ByteOrder.LITTLE_ENDIAN);
    node.putShort(6, (short) 1);
    for (int i = 0; i < node.getShort(2); i++) {
      node.putInt(12 + 12 * i, i).putInt(12 + 12 * i + 4, block).putInt(12 + 12 * i + 8, 0);
    }
    image.putShort(inode + 0x28 + 6, (short) 2);
    assertThat(reason("sparse.bin")).contains("bad header");
  }

  @Test
  void anExtentTreeThatIsTooDeepIsRefused() throws Exception {
    image.putShort(inodeOf("sparse.bin") + 0x28 + 6, (short) 6);
    assertThat(reason("sparse.bin")).contains("depth of 6");
  }

  @Test
  void extentsThatOverlapAreRefused() throws Exception {
    int block = treeBlock(inodeOf("sparse.bin"));
    image.putInt(block * BLOCK + 24, 0);
    assertThat(reason("sparse.bin")).contains("impossible");
  }

  @Test
  void anExtentBehindTheVolumeIsRefused() throws Exception {
    image.putInt(inodeOf("blocks.bin") + 0x28 + 12 + 8, 3_071);
    assertThat(reason("blocks.bin")).contains("impossible").contains("3071");
  }

  @Test
  void indirectBlocksThatLeadToThemselvesEnd() throws Exception {
    int inode = inodeOf("indirect.bin");
    int block = image.getInt(inode + 0x28 + 12 * 4);
    for (int i = 0; i < BLOCK / 4; i++) {
      image.putInt(block * BLOCK + 4 * i, block);
    }
    image.putInt(inode + 0x28 + 14 * 4, block);
    image.putInt(inode + 0x6C, 3);
    assertThat(reason("indirect.bin")).contains("more blocks than the volume has");
  }

  @Test
  void aSizeThatNoFileCanHaveIsRefused() throws Exception {
    image.putInt(inodeOf("blocks.bin") + 0x6C, 0x7FFF_FFFF);
    assertThat(reason("blocks.bin")).contains("claims");
    image.putInt(inodeOf("blocks.bin") + 0x6C, -1);
    assertThat(reason("blocks.bin")).contains("claims");
  }

  @Test
  void inlineContentThatIsLongerThanItsPlaceIsRefused() throws Exception {
    image.putInt(inodeOf("inline.txt") + 4, 61);
    assertThat(reason("inline.txt")).contains("claims 61 bytes of 60");
  }

  @ParameterizedTest
  @CsvSource({"0", "4", "13", "2000"})
  void aDirectoryEntryWithAnImpossibleLengthEndsItsBlock(int length) throws Exception {
    int block = rootBlock();
    int second = block * BLOCK + 12;
    image.putShort(second + 12 + 4, (short) length);
    TreeSnapshot found = TreeSnapshot.of(tree());
    assertThat(found.damages()).extracting(Damage::id).contains(2L);
    assertThat(found.damages()).extracting(Damage::reason).anyMatch(it -> it.contains("byte 24"));
  }

  private int rootBlock() throws MediaException {
    Layout layout = new SuperblockSearch(source()).find().layout();
    Blocks blocks = new Blocks(source(), layout.geometry(), new Budget(Bounds.GENEROUS));
    GroupDescriptor group = new Groups(layout, blocks).descriptor(0);
    return image.getInt(
        (int) (group.inodeTable() * BLOCK + layout.geometry().inodeSize() + 0x28 + 12 + 8));
  }

  @Test
  void aNameThatIsAPathIsNotValid() throws Exception {
    int name = rootBlock() * BLOCK + 24 + 8;
    image.put(name + 1, (byte) '/').put(name + 2, (byte) 0);
    assertThat(TreeSnapshot.of(tree()).links())
        .filteredOn(link -> !link.name().isValid())
        .singleElement()
        .satisfies(link -> assertThat(link.name().text()).contains("\\x2F\\x00"));
  }

  @Test
  void aDirectoryThatNamesItsParentsIsTold() throws Exception {
    image.putInt(rootBlock() * BLOCK + 24, 2);
    TreeSnapshot found = TreeSnapshot.of(tree());
    assertThat(found.damages()).extracting(Damage::reason).anyMatch(it -> it.contains("inode 2"));
    assertThat(found.links()).noneMatch(link -> link.child() == 2);
  }

  @Test
  void reservedInodesCannotBeNamed() throws Exception {
    image.putInt(rootBlock() * BLOCK + 24, 8);
    TreeSnapshot found = TreeSnapshot.of(tree());
    assertThat(found.damages()).extracting(Damage::reason).anyMatch(it -> it.contains("inode 8"));
    assertThat(found.nodes()).doesNotContainKey(8L);
  }

  @Test
  void twoFilesInOnePlaceAreContested() throws Exception {
    int victim = image.getInt(inodeOf("blocks.bin") + 0x28 + 12 + 8);
    image.putInt(treeBlock(inodeOf("sparse.bin")) * BLOCK + 12 + 8, victim);
    assertThat(tree().coverage().contested()).isNotEmpty();
    assertThat(tree().coverage().missing()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "0x1, compression",
    "0x8, journal_dev",
    "0x1000, dirdata",
    "0x800, unknown incompatible features 0x800"
  })
  void whatIsNotUnderstoodIsRefusedByName(String bit, String name) {
    image.putInt(1024 + 0x60, image.getInt(1024 + 0x60) | Integer.decode(bit));
    assertThatThrownBy(this::tree)
        .hasMessageContaining(name)
        .isInstanceOfSatisfying(
            MediaException.class, e -> assertThat(e.trouble()).isEqualTo(Trouble.UNSUPPORTED));
  }

  @Test
  void whatOnlyWritersMustKnowIsNoObstacle() throws Exception {
    image.putInt(1024 + 0x64, image.getInt(1024 + 0x64) | 0x4000_0000);
    image.putInt(1024 + 0x5C, image.getInt(1024 + 0x5C) | 0x4000_0000);
    assertThat(TreeSnapshot.of(tree()).damages()).isEmpty();
    assertThat(tree().coverage().exceptions()).singleElement().asString().contains("0x40000000");
  }

  @Test
  void aJournalElsewhereIsNamedWhereItIsNeeded() throws Exception {
    image.putInt(1024 + 0xE0, 0);
    assertThat(TreeSnapshot.of(tree()).damages()).isEmpty();
    image.putInt(1024 + 0x60, image.getInt(1024 + 0x60) | Feature.NEEDS_RECOVERY.bit());
    image.putLong(1024 + 0xD0, 0x0011_2233_4455_6677L);
    assertThatThrownBy(this::tree)
        .hasMessageContaining("journal is on another device (UUID 77665544-3322-1100-");
  }

  @Test
  void faultsInEveryBlockInTurnAreToldOrHarmless() throws Exception {
    byte[] sound = image.array().clone();
    Map<String, Listing.Row> expected = TreeSnapshot.of(tree()).files(tree(), source()).files();
    for (int block = 1; block < sound.length / BLOCK; block++) {
      if (isEmpty(sound, block)) {
        continue;
      }
      BlockSource faulty =
          new FaultyBlockSource(new MemorySource(sound)).failAt((long) block * BLOCK, 1);
      checkFault(faulty, block, expected);
    }
  }

  private static boolean isEmpty(byte[] bytes, int block) {
    return Arrays.equals(bytes, block * BLOCK, (block + 1) * BLOCK, new byte[BLOCK], 0, BLOCK);
  }

  private static void checkFault(BlockSource faulty, int block, Map<String, Listing.Row> expected)
      throws MediaException {
    FileTree tree;
    try {
      tree = Ext.open(faulty, Bounds.TIGHT);
    } catch (MediaException e) {
      assertThat(block).as(e.getMessage()).isEqualTo(1);
      return;
    }
    TreeSnapshot found = TreeSnapshot.of(tree);
    var rows = found.files(tree, faulty).files();
    expected.forEach((path, row) -> {
      var got = rows.get(path);
      if (got == null) {
        assertThat(found.damages()).as("block %d lost %s", block, path).isNotEmpty();
      } else if (!got.md5().startsWith("unreadable: ")) {
        assertThat(got).as("block %d", block).isEqualTo(row);
      }
    });
  }

  // Without checksums nothing is sorted out early, and the journal is read as well.
  @Test
  void noMutantOfAVolumeWithoutChecksumsCrashesOrHoldsAThread() throws Exception {
    Mutants mutants =
        Mutants.of(
            SmallDisk.source(),
            volume -> {
              FileTree tree = Ext.open(volume, Bounds.TIGHT);
              TreeSnapshot.of(tree);
              tree.coverage();
            });
    for (int i = 0; i < MUTANTS; i++) {
      long seed = SEED + i;
      long start = CpuTime.nanos();
      try {
        SmallDisk.readAll(mutants.mutant(seed));
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
        throw new AssertionError("mutant with seed " + seed, e);
      }
      assertThat(CpuTime.nanos() - start).as("mutant %d", seed).isLessThan(MOST_NANOS);
    }
  }
}
