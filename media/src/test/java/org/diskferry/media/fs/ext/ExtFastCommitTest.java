package org.diskferry.media.fs.ext;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.Damage;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.testing.CpuTime;
import org.diskferry.media.testing.FaultyBlockSource;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.MemorySource;
import org.diskferry.media.testing.Mount;
import org.diskferry.media.testing.PatchedSource;
import org.diskferry.media.testing.Tool;
import org.diskferry.media.testing.TreeSnapshot;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Fast commits of a real volume with one thing wrong: what is not proven has never happened, and
/// what is proven and impossible costs the file that it is about.
class ExtFastCommitTest {
  private static final long SEED = Long.getLong("diskferry.seed", 20_100_521L);
  private static final int MUTANTS = 500 * Integer.getInteger("diskferry.mutants", 1);
  private static final long MOST_NANOS = 2_000_000_000L;
  private static final int BLOCK = 1024;
  private static final int TAG = 4;
  private static final int RANGE_ADDED = 1;
  private static final int TAIL = 8;
  private static final int HEAD = 9;

  @TempDir private static Path folder;
  private static byte[] pulled;
  private static int area;

  @BeforeAll
  static void pullADisk() throws Exception {
    ExtDisks.require(ExtFastCommitTest.class);
    Path image =
        ExtDisks.format(folder, 16L << 20, "-t", "ext4", "-O", "fast_commit", "-b", "" + BLOCK);
    try (Mount mount = Mount.loop(image, folder.resolve("mounted"), "commit=300")) {
      Path before = Files.write(mount.root().resolve("before.txt"), new byte[5_000]);
      Tool.run("sync", "-f", before.toString());
      Tool.run("sync", Files.write(mount.root().resolve("fast.txt"), new byte[3_000]).toString());
      pulled = Files.readAllBytes(image);
    }
    area = area();
    assertThat(files(new MemorySource(pulled))).containsOnlyKeys("before.txt", "fast.txt");
  }

  private static int area() {
    ByteBuffer bytes = ByteBuffer.wrap(pulled).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < pulled.length; at += BLOCK) {
      if (bytes.getInt(at) == (HEAD | 8 << 16) && bytes.getInt(at + TAG) == 0) {
        return at;
      }
    }
    throw new AssertionError("the kernel made no fast commit");
  }

  private static Map<String, Listing.Row> files(BlockSource source) throws MediaException {
    FileTree tree = Ext.open(source, Bounds.TIGHT);
    return TreeSnapshot.of(tree).files(tree, source).files();
  }

  private static PatchedSource disk() {
    return new PatchedSource(new MemorySource(pulled));
  }

  private static ByteBuffer first() {
    return ByteBuffer.wrap(pulled.clone(), area, BLOCK).slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  // Byte of the first tag of `kind` in the first fast commit.
  private static int tag(ByteBuffer block, int kind) {
    int at = 0;
    while (block.getShort(at) != kind) {
      at += TAG + Short.toUnsignedInt(block.getShort(at + 2));
    }
    return at;
  }

  private static PatchedSource with(ByteBuffer block) {
    int tail = tag(block, TAIL) + TAG;
    int sum = SeededCrc.from(0).start().add(block, 0, tail + Integer.BYTES).value();
    block.putInt(tail + Integer.BYTES, sum);
    byte[] bytes = new byte[BLOCK];
    block.get(0, bytes);
    return disk().put(area, bytes);
  }

  private static String told(BlockSource source) throws MediaException {
    StringBuilder told = new StringBuilder();
    for (Damage damage : TreeSnapshot.of(Ext.open(source, Bounds.TIGHT)).damages()) {
      told.append(damage.reason()).append('\n');
    }
    return told.toString();
  }

  @Test
  void whatIsSealedAsTheKernelSealsItIsBelieved() throws Exception {
    assertThat(files(with(first()))).containsOnlyKeys("before.txt", "fast.txt");
  }

  @Test
  void aFastCommitThatIsTornNeverHappened() throws Exception {
    PatchedSource torn = disk().put(area + 30, (byte) (pulled[area + 30] ^ 1));
    assertThat(files(torn)).containsOnlyKeys("before.txt");
    assertThat(told(torn)).isEmpty();
  }

  @Test
  void oneOfAnEarlierTransactionNeverHappenedEither() throws Exception {
    ByteBuffer block = first();
    int tail = tag(block, TAIL) + TAG;
    block.putInt(tail, block.getInt(tail) - 1);
    assertThat(files(with(block))).containsOnlyKeys("before.txt");
    assertThat(told(with(block))).isEmpty();
  }

  @Test
  void unknownFeaturesAreTold() throws Exception {
    PatchedSource disk = with(first().putInt(TAG, 0x40));
    assertThat(files(disk)).containsOnlyKeys("before.txt");
    assertThat(told(disk)).contains("unknown features 0x40").contains("is not seen");
  }

  @Test
  void aBlockOfThemThatCannotBeReadIsTold() throws Exception {
    BlockSource bad = new FaultyBlockSource(new MemorySource(pulled)).failAt(area, 1);
    assertThat(files(bad)).containsOnlyKeys("before.txt");
    assertThat(told(bad)).contains("fast commits from block").contains("unreadable");
  }

  @Test
  void noMutantOfProvenRecordsCrashesOrHoldsAThread() throws Exception {
    Random seeds = new Random(SEED);
    for (int i = 0; i < MUTANTS; i++) {
      long seed = seeds.nextLong();
      Random random = new Random(seed);
      ByteBuffer block = first();
      for (int change = random.nextInt(6); change >= 0; change--) {
        changeAValue(block, random);
      }
      long start = CpuTime.nanos();
      try {
        SmallDisk.readAll(with(block));
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("mutant with seed " + seed, e);
      }
      assertThat(CpuTime.nanos() - start).as("mutant %d", seed).isLessThan(MOST_NANOS);
    }
  }

  // Kinds and lengths stay, so that the tail is found and the rest is believed.
  private static void changeAValue(ByteBuffer block, Random random) {
    int place = random.nextInt(tag(block, TAIL));
    int at = 0;
    int end = TAG + block.getShort(2);
    while (end <= place) {
      at = end;
      end += TAG + block.getShort(at + 2);
    }
    if (block.getShort(at) != HEAD && place >= at + TAG) {
      int value = random.nextBoolean() ? random.nextInt() : random.nextInt(20);
      for (int i = place; i < Math.min(end, place + 1 + random.nextInt(4)); i++) {
        block.put(i, (byte) (value >>> (8 * (i - place))));
      }
    }
  }

  @Test
  void aRangeThatLeavesTheVolumeCostsItsFile() throws Exception {
    ByteBuffer block = first();
    block.putInt(tag(block, RANGE_ADDED) + TAG + 12, -1);
    Map<String, Listing.Row> files = files(with(block));
    assertThat(files).containsOnlyKeys("before.txt", "fast.txt");
    assertThat(files.get("fast.txt").md5()).contains("unreadable: ").contains("fast commit");
    assertThat(files.get("before.txt").size()).isEqualTo(5_000);
  }
}
