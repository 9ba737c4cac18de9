package org.diskferry.media.fs.ext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diskferry.media.Bounds;
import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.block.FileSource;
import org.diskferry.media.block.SliceSource;
import org.diskferry.media.fs.Coverage;
import org.diskferry.media.fs.Damage;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.testing.FaultyBlockSource;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.MadeDisk;
import org.diskferry.media.testing.MemorySource;
import org.diskferry.media.testing.PatchedSource;
import org.diskferry.media.testing.Tool;
import org.diskferry.media.testing.TreeSnapshot;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// One thing broken at a time, at places that debugfs names: what hangs on it is told, the rest is
/// there.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExtDamageTest {
  private static final int BLOCK = 1024;
  private static final String FILE = "special/fragments 1.bin";
  private static final String FOLDER = "special/deleted";

  private MadeDisk disk;
  private BlockSource image;

  @BeforeAll
  void makeDisk(@TempDir Path folder) throws Exception {
    ExtDisks.require(getClass());
    disk = ExtDisks.filledByTheKernel(folder, 64L << 20, "-t", "ext4", "-b", "1024");
    image = disk.open();
  }

  @AfterAll
  void closeDisk() {
    if (image != null) {
      image.close();
    }
  }

  private record Seen(Set<String> lost, Set<String> unreadable, Set<Long> damaged, String told) {}

  // What is there is right; the rest is what this returns.
  private Seen see(BlockSource volume) throws MediaException {
    FileTree tree = Ext.open(volume, Bounds.GENEROUS);
    TreeSnapshot found = TreeSnapshot.of(tree);
    Map<String, Listing.Row> rows = new TreeMap<>(found.files(tree, volume).files());
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
    Set<Long> damaged = new TreeSet<>();
    found.damages().forEach(damage -> damaged.add(damage.id()));
    return new Seen(
        lost,
        unreadable,
        damaged,
        String.join("\n", found.damages().stream().map(Damage::reason).toList()));
  }

  private String debugfs(String request) throws Exception {
    return Tool.run("debugfs", "-R", request, disk.image().toString());
  }

  private long number(String request, String pattern) throws Exception {
    String answer = debugfs(request);
    Matcher matcher = Pattern.compile(pattern).matcher(answer);
    assertThat(matcher.find()).as(answer).isTrue();
    return Long.decode(matcher.group(1));
  }

  private long inode(String path) throws Exception {
    return number("stat \"/" + path + "\"", "Inode: (\\d+)");
  }

  private long placeOfInode(String path) throws Exception {
    return number("imap \"/" + path + "\"", "block (\\d+)") * BLOCK
        + number("imap \"/" + path + "\"", "offset (0x[0-9a-f]+)");
  }

  private long firstBlock(String path) throws Exception {
    return block(path, 0);
  }

  private long block(String path, int which) throws Exception {
    return number("bmap \"/" + path + "\" " + which, "(?m)^(\\d+)\\s*$");
  }

  private long bitmap(String kind) throws Exception {
    String stats = Tool.run("dumpe2fs", disk.image().toString());
    Matcher matcher = Pattern.compile(kind + " bitmap at (\\d+)").matcher(stats);
    assertThat(matcher.find()).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  private PatchedSource patched() {
    return new PatchedSource(image);
  }

  private PatchedSource flipped(long offset) throws MediaException {
    ByteBuffer one = ByteBuffer.allocate(1);
    image.read(offset, one);
    return patched().put(offset, (byte) (one.get(0) ^ 0x10));
  }

  @Test
  void aSoundDiskShowsNothing() throws Exception {
    assertThat(see(image)).isEqualTo(new Seen(Set.of(), Set.of(), Set.of(), ""));
  }

  @Test
  void aLostSuperblockIsReplacedByABackup() throws Exception {
    BlockSource wiped = patched().put(1024, new byte[1024]);
    assertThat(Ext.recognises(wiped)).isTrue();
    Seen seen = see(wiped);
    assertThat(seen.lost()).isEmpty();
    assertThat(seen.unreadable()).isEmpty();
    assertThat(seen.told()).contains("the backup of group 1 is used");
  }

  @Test
  void aSuperblockWithAWrongChecksumIsReplacedByABackup() throws Exception {
    Seen seen = see(flipped(1024 + 0x78));
    assertThat(seen.lost()).isEmpty();
    assertThat(seen.told()).contains("superblock: checksum is wrong; the backup of group 1");
  }

  @Test
  void aBackupBehindAnotherFormatIsNotTakenForAVolume() throws Exception {
    BlockSource other = patched().put(1024, new byte[1024]).put(510, (byte) 0x55, (byte) 0xAA);
    assertThat(Ext.recognises(other)).isFalse();
  }

  @Test
  void aVolumeWithoutAnySuperblockIsDamaged() throws Exception {
    BlockSource start = new SliceSource(patched().put(1024, new byte[1024]), 0, 4 << 20);
    assertThat(Ext.recognises(start)).isFalse();
    assertThatThrownBy(() -> Ext.open(start, Bounds.GENEROUS))
        .isInstanceOfSatisfying(
            MediaException.class, e -> assertThat(e.trouble()).isEqualTo(Trouble.DAMAGED));
  }

  @Test
  void descriptorsAreReplacedByTheirBackups() throws Exception {
    Seen seen = see(patched().put(2 * BLOCK, new byte[BLOCK]));
    assertThat(seen.lost()).isEmpty();
    assertThat(seen.unreadable()).isEmpty();
    assertThat(seen.told()).contains("descriptor of group 0: damaged, a backup of it is used");
  }

  @Test
  void aFileWhoseInodeIsDamagedIsUnreadable() throws Exception {
    Seen seen = see(flipped(placeOfInode(FILE) + 4));
    assertThat(seen.lost()).isEmpty();
    assertThat(seen.unreadable()).containsExactly(FILE);
    assertThat(seen.damaged()).containsExactly(inode(FILE));
    assertThat(seen.told()).contains("inode " + inode(FILE)).contains("checksum is wrong");
  }

  @Test
  void aDirectoryWhoseBlockIsDamagedLosesWhatItNamed() throws Exception {
    Seen seen = see(flipped(block(FOLDER, 1) * BLOCK + 100));
    assertThat(seen.damaged()).containsExactly(inode(FOLDER));
    assertThat(seen.unreadable()).isEmpty();
    assertThat(seen.lost()).isNotEmpty().allMatch(path -> path.startsWith(FOLDER + "/"));
  }

  @Test
  void aBlockOfTheExtentTreeThatIsDamagedCostsItsFile() throws Exception {
    String tree = debugfs("ex \"/" + FILE + "\"");
    Matcher index = Pattern.compile("0/ *\\d+ +1/ *\\d+ +\\d+ - +\\d+ +(\\d+)").matcher(tree);
    assertThat(index.find()).as(tree).isTrue();
    Seen seen = see(flipped(Long.parseLong(index.group(1)) * BLOCK + 100));
    assertThat(seen.lost()).isEmpty();
    assertThat(seen.unreadable()).containsExactly(FILE);
  }

  @Test
  void aDamagedMapOfInodesCostsNothing() throws Exception {
    Seen seen = see(flipped(bitmap("Inode") * BLOCK + 3));
    assertThat(seen.lost()).isEmpty();
    assertThat(seen.unreadable()).isEmpty();
    assertThat(seen.told()).contains("map of the inodes of group 0");
  }

  @Test
  void aDamagedMapOfBlocksCannotBeProven() throws Exception {
    Coverage coverage = Ext.open(flipped(bitmap("Block") * BLOCK + 3), Bounds.GENEROUS).coverage();
    assertThat(coverage.missing()).isPositive();
    assertThat(coverage.exceptions()).hasSize(1);
  }

  @Test
  void anUnreadableBlockOfInodesNamesItsFiles() throws Exception {
    long place = placeOfInode(FILE) / BLOCK * BLOCK;
    Seen seen = see(new FaultyBlockSource(image).failAt(place, 512));
    assertThat(seen.unreadable()).contains(FILE);
    assertThat(seen.damaged()).contains(inode(FILE));
    assertThat(seen.unreadable()).hasSizeLessThanOrEqualTo(4);
  }

  @Test
  void anUnreadableBlockOfADirectoryLosesWhatItNamed() throws Exception {
    Seen seen = see(new FaultyBlockSource(image).failAt(block(FOLDER, 1) * BLOCK, 1));
    assertThat(seen.damaged()).containsExactly(inode(FOLDER));
    assertThat(seen.lost()).isNotEmpty().allMatch(path -> path.startsWith(FOLDER + "/"));
  }

  @Test
  void anUnreadableBlockOfDataCostsItsFile() throws Exception {
    Seen seen = see(new FaultyBlockSource(image).failAt(firstBlock(FILE) * BLOCK, 1));
    assertThat(seen.damaged()).isEmpty();
    assertThat(seen.lost()).isEmpty();
    assertThat(seen.unreadable()).containsExactly(FILE);
  }

  @Test
  void aVolumeThatClaimsMoreThanThereIsCostsNothing() throws Exception {
    byte[] head = new byte[4096];
    image.read(0, ByteBuffer.wrap(head));
    ByteBuffer raw = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    raw.putInt(1024 + 0x64, 0);
    raw.putInt(1024 + 0x60, raw.getInt(1024 + 0x60) & ~0x2000);
    int perGroup = raw.getInt(1024 + 0x28);
    long groups = 0xFFFF_FFFFL / perGroup;
    long blocks = 1 + groups * 8192;
    raw.putInt(1024, (int) (groups * perGroup));
    raw.putInt(1024 + 4, (int) blocks);
    raw.putInt(1024 + 0x150, (int) (blocks >>> 32));
    BlockSource liar = new MemorySource(Arrays.copyOf(head, 2048));
    FileTree tree = Ext.open(liar, Bounds.TIGHT);
    assertThat(tree.volume().size()).isGreaterThan(1L << 40);
    TreeSnapshot found = TreeSnapshot.of(tree);
    assertThat(found.nodes()).isEmpty();
    assertThat(found.damages()).hasSize(2);
    assertThat(tree.coverage().missing()).isPositive();
  }

  @Test
  void clustersThatNobodyOwnsOrTwoClaimAreFound() throws Exception {
    Path copy = disk.image().resolveSibling("copy.img");
    Files.copy(disk.image(), copy);
    long free = number("ffb 1", "(\\d+)\\s*$");
    Tool.run("debugfs", "-w", "-R", "setb " + free, copy.toString());
    long used = firstBlock(FILE);
    Tool.run("debugfs", "-w", "-R", "freeb " + used, copy.toString());
    try (BlockSource volume = FileSource.open(copy)) {
      Coverage coverage = Ext.open(volume, Bounds.GENEROUS).coverage();
      assertThat(coverage.unexplained()).containsExactly(new Coverage.Range(free, 1));
      assertThat(coverage.contested()).containsExactly(new Coverage.Range(used, 1));
      assertThat(coverage.missing()).isEqualTo(1);
    } finally {
      Files.delete(copy);
    }
  }

  @Test
  void theProofDoesNotDependOnItsWindow() throws Exception {
    Layout layout = new SuperblockSearch(image).find().layout();
    Blocks blocks = new Blocks(image, layout.geometry(), new Budget(Bounds.GENEROUS));
    InodeTables inodes = new InodeTables(layout, blocks, new Groups(layout, blocks), true);
    Coverage whole = new CoverageProof(layout, blocks, inodes).coverage();
    assertThat(new CoverageProof(layout, blocks, inodes, 10_007).coverage()).isEqualTo(whole);
  }

  @Test
  void aSecondReaderSeesTheSameNames() throws Exception {
    Tool.require(getClass(), "fls");
    Set<String> theirs = new TreeSet<>();
    String list = Tool.run("fls", "-r", "-p", "-u", "-F", disk.image().toString());
    for (String line : list.lines().toList()) {
      if (line.startsWith("r/r ")) {
        theirs.add(line.substring(line.indexOf('\t') + 1));
      }
    }
    Set<String> mine = new TreeSet<>(disk.expected().files().keySet());
    // It prints names that are no UTF-8 in its own way.
    mine.removeIf(path -> path.startsWith("special/bad"));
    theirs.removeIf(path -> path.startsWith("special/bad"));
    assertThat(theirs).isEqualTo(mine);
  }
}
