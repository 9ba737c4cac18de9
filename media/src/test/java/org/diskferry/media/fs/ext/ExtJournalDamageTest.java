package org.diskferry.media.fs.ext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.block.FileSource;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Volume;
import org.diskferry.media.testing.FaultyBlockSource;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.Mount;
import org.diskferry.media.testing.PatchedSource;
import org.diskferry.media.testing.Tool;
import org.diskferry.media.testing.TreeSnapshot;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A journal that waits and is damaged: nothing of a transaction that is in doubt is delivered as
/// if it were sound.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExtJournalDamageTest {
  private static final int BLOCK = 1024;
  private static final int DESCRIPTOR = 1;
  private static final int COMMIT = 2;

  private Path copy = Path.of("");
  private BlockSource image;
  private Map<String, Listing.Row> expected = Map.of();

  @BeforeAll
  void makeDisk(@TempDir Path folder) throws Exception {
    ExtDisks.require(getClass());
    Path made = ExtDisks.format(folder, 32L << 20, "-t", "ext4", "-b", "1024", "-J", "size=1");
    copy = folder.resolve("copy.img");
    try (Mount mount = Mount.loop(made, folder.resolve("mounted"), "noatime")) {
      for (int i = 0; i < 6; i++) {
        Path file = Files.write(mount.root().resolve("file " + i), new byte[5_000 + i]);
        Tool.run("sync", file.toString());
      }
      Files.copy(made, copy);
    }
    image = FileSource.open(copy);
    FileTree tree = Ext.open(image, Bounds.GENEROUS);
    assertThat(tree.volume().state()).isEqualTo(Volume.State.REPLAYED);
    expected = TreeSnapshot.of(tree).files(tree, image).files();
    assertThat(expected).hasSize(6);
  }

  @AfterAll
  void closeDisk() {
    if (image != null) {
      image.close();
    }
  }

  // Places of the journal's blocks of one kind, in order.
  private List<Long> blocks(int kind) throws Exception {
    String dump = Tool.run("debugfs", "-R", "logdump", copy.toString());
    Matcher matcher = Pattern.compile("type " + kind + " .*at block (\\d+)").matcher(dump);
    List<Long> places = new ArrayList<>();
    while (matcher.find()) {
      places.add(place(Long.parseLong(matcher.group(1))));
    }
    assertThat(places).as(dump).hasSizeGreaterThan(2);
    return places;
  }

  private long place(long journalBlock) throws Exception {
    String answer = Tool.run("debugfs", "-R", "bmap <8> " + journalBlock, copy.toString());
    Matcher matcher = Pattern.compile("(?m)^(\\d+)\\s*$").matcher(answer);
    assertThat(matcher.find()).as(answer).isTrue();
    return Long.parseLong(matcher.group(1)) * BLOCK;
  }

  private BlockSource flipped(long offset) throws MediaException {
    ByteBuffer one = ByteBuffer.allocate(1);
    image.read(offset, one);
    return new PatchedSource(image).put(offset, (byte) (one.get(0) ^ 0x10));
  }

  @Test
  void aTransactionWhoseDescriptorIsDamagedRefusesTheVolume() throws Exception {
    BlockSource damaged = flipped(blocks(DESCRIPTOR).get(1) + 100);
    assertThatThrownBy(() -> Ext.open(damaged, Bounds.GENEROUS))
        .hasMessageContaining("wrong checksum")
        .isInstanceOfSatisfying(
            MediaException.class, e -> assertThat(e.trouble()).isEqualTo(Trouble.DAMAGED));
  }

  @Test
  void aCommitInTheMiddleThatIsDamagedRefusesTheVolume() throws Exception {
    BlockSource damaged = flipped(blocks(COMMIT).get(1) + 200);
    assertThatThrownBy(() -> Ext.open(damaged, Bounds.GENEROUS))
        .hasMessageContaining("its commit in block")
        .isInstanceOfSatisfying(
            MediaException.class, e -> assertThat(e.trouble()).isEqualTo(Trouble.DAMAGED));
  }

  @Test
  void aLastCommitThatIsTornNeverHappened() throws Exception {
    BlockSource torn = flipped(blocks(COMMIT).getLast() + 200);
    FileTree tree = Ext.open(torn, Bounds.GENEROUS);
    TreeSnapshot found = TreeSnapshot.of(tree);
    assertThat(found.damages()).isEmpty();
    Map<String, Listing.Row> rows = found.files(tree, torn).files();
    assertThat(rows.size()).isLessThan(expected.size());
    assertThat(expected).containsAllEntriesOf(rows);
  }

  @Test
  void aBlockOfTheLogThatIsDamagedIsToldAndNotUsed() throws Exception {
    for (long descriptor : blocks(DESCRIPTOR)) {
      BlockSource damaged = flipped(descriptor + BLOCK + 300);
      checkNothingWrong(damaged);
    }
  }

  @Test
  void aBlockOfTheLogThatIsUnreadableIsToldAndNotUsed() throws Exception {
    for (long descriptor : blocks(DESCRIPTOR)) {
      checkNothingWrong(new FaultyBlockSource(image).failAt(descriptor + BLOCK, BLOCK));
    }
  }

  private void checkNothingWrong(BlockSource damaged) throws MediaException {
    FileTree tree;
    try {
      tree = Ext.open(damaged, Bounds.GENEROUS);
    } catch (MediaException e) {
      // The block may be the superblock's, or its checksum may be all that is there.
      assertThat(e.trouble()).isIn(Trouble.DAMAGED, Trouble.UNREADABLE);
      return;
    }
    TreeSnapshot found = TreeSnapshot.of(tree);
    Map<String, Listing.Row> rows = found.files(tree, damaged).files();
    rows.forEach((path, row) -> {
      if (!row.md5().startsWith("unreadable: ")) {
        assertThat(row).as(path).isEqualTo(expected.get(path));
      }
    });
    if (!rows.equals(expected)) {
      assertThat(found.damages()).isNotEmpty();
    }
  }

  @Test
  void aJournalThatCannotBeReadRefusesTheVolume() throws Exception {
    BlockSource damaged = flipped(place(0) + 0x18);
    assertThatThrownBy(() -> Ext.open(damaged, Bounds.GENEROUS))
        .hasMessageContaining("the journal's superblock: checksum is wrong");
    BlockSource unreadable = new FaultyBlockSource(image).failAt(blocks(COMMIT).get(1), 1);
    assertThatThrownBy(() -> Ext.open(unreadable, Bounds.GENEROUS))
        .isInstanceOf(MediaException.class);
  }

  @Test
  void aJournalWhoseInodeIsDamagedIsFoundByItsCopyInTheSuperblock() throws Exception {
    String answer = Tool.run("debugfs", "-R", "imap <8>", copy.toString());
    Matcher matcher = Pattern.compile("block (\\d+), offset (0x[0-9a-f]+)").matcher(answer);
    assertThat(matcher.find()).isTrue();
    long place = Long.parseLong(matcher.group(1)) * BLOCK + Long.decode(matcher.group(2));
    BlockSource damaged = flipped(place + 4);
    FileTree tree = Ext.open(damaged, Bounds.GENEROUS);
    assertThat(tree.volume().state()).isEqualTo(Volume.State.REPLAYED);
    assertThat(TreeSnapshot.of(tree).files(tree, damaged).files()).isEqualTo(expected);
  }

  @Test
  void aPendingJournalIsReplayedEvenWhenTheSuperblockIsABackup() throws Exception {
    BlockSource wiped = new PatchedSource(image).put(1024, new byte[1024]);
    FileTree tree = Ext.open(wiped, Bounds.GENEROUS);
    assertThat(tree.volume().state()).isEqualTo(Volume.State.REPLAYED);
    assertThat(TreeSnapshot.of(tree).files(tree, wiped).files()).isEqualTo(expected);
  }
}
