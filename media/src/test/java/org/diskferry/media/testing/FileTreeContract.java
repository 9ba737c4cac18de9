package org.diskferry.media.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.block.Extent;
import org.diskferry.media.block.SliceSource;
import org.diskferry.media.fs.Content;
import org.diskferry.media.fs.ContentReader;
import org.diskferry.media.fs.Coverage;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Link;
import org.diskferry.media.fs.Node;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What every [FileTree] owes its callers, checked on a disk that the real tools made. A format
/// extends this once for each kind of disk that matters to it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class FileTreeContract {
  /// Runs of the whole scan with one failing read each, spread over all its reads.
  private static final int FAULT_RUNS = 25;

  /// Mutants of the image a class tries; `-Ddiskferry.mutants=10` tries ten times as many.
  private static final int MUTANTS = 80 * Integer.getInteger("diskferry.mutants", 1);

  /// `-Ddiskferry.seed=N` repeats a run.
  private static final long SEED = Long.getLong("diskferry.seed", 20_100_521L);

  /// No hostile image may cost more processor time, contents included.
  private static final long MOST_MUTANT_NANOS = 10_000_000_000L;

  private MadeDisk disk;
  private BlockSource image;

  /// Makes the disk in `folder`, or aborts by [NotRun].
  protected abstract MadeDisk make(Path folder) throws Exception;

  /// Opens the format under test.
  protected abstract FileTree open(BlockSource volume, Bounds bounds) throws MediaException;

  /// How many times cheaper than usual the long tests are to be, for a disk that is slow to read.
  protected int thrift() {
    return 1;
  }

  /// The disk that [#make] made.
  protected final MadeDisk disk() {
    return disk;
  }

  /// The disk's bytes.
  protected final BlockSource image() {
    return image;
  }

  /// The disk, opened anew.
  protected final FileTree tree() throws MediaException {
    return open(image, Bounds.GENEROUS);
  }

  @BeforeAll
  final void makeDisk(@TempDir Path folder) throws Exception {
    disk = make(folder);
    image = disk.open();
  }

  @AfterAll
  final void closeDisk() {
    if (image != null) {
      image.close();
    }
  }

  @Test
  void everyFileOfTheSourceIsThereWithItsBytesAndNothingElse() throws MediaException {
    FileTree tree = tree();
    TreeSnapshot found = TreeSnapshot.of(tree);
    assertThat(found.damages()).isEmpty();
    assertThat(found.files(tree, image).files()).isEqualTo(disk.expected().files());
  }

  @Test
  void everyLinkLeadsFromADirectoryToANode() throws MediaException {
    TreeSnapshot found = TreeSnapshot.of(tree());
    assertThat(found.orphans()).isEmpty();
    assertThat(found.nodes().get(found.root()).kind()).isEqualTo(Node.Kind.DIRECTORY);
    Set<String> names = new HashSet<>();
    for (Link link : found.links()) {
      assertThat(names.add(link.parent() + "/" + link.name())).as("%s twice", link).isTrue();
    }
  }

  @Test
  void everyNodeButTheRootHasAName() throws MediaException {
    TreeSnapshot found = TreeSnapshot.of(tree());
    Set<Long> named = new HashSet<>(List.of(found.root()));
    found.links().forEach(link -> named.add(link.child()));
    assertThat(named).containsAll(found.nodes().keySet());
  }

  @Test
  void aSecondScanDeliversTheSameAgain() throws MediaException {
    FileTree tree = tree();
    assertThat(TreeSnapshot.of(tree)).isEqualTo(TreeSnapshot.of(tree));
  }

  @Test
  void nodesTellTheTruthAboutTheirContent() throws MediaException {
    FileTree tree = tree();
    for (Node node : TreeSnapshot.of(tree).paths(Node.Kind.FILE).values()) {
      Content content = tree.content(node.id());
      if (!(content instanceof Content.Unreadable)) {
        assertThat(new ContentReader(image, content).size()).as("%s", node).isEqualTo(node.size());
      }
      switch (content) {
        case Content.Extents extents -> {
          checkExtents(node, extents);
          assertThat(tree.content(node)).isEqualTo(content);
        }
        case Content.Encoded _ -> assertThat(node.form()).isEqualTo(Node.Form.ENCODED);
        case Content.Inline _ -> assertThat(node.form()).isIn(Node.Form.INLINE, Node.Form.NONE);
        case Content.Unreadable _ -> assertThat(node.form()).isEqualTo(Node.Form.UNREADABLE);
      }
    }
  }

  private void checkExtents(Node node, Content.Extents extents) {
    Node.Form form = extents.isOne() ? Node.Form.ONE_EXTENT : Node.Form.EXTENTS;
    assertThat(node.form()).as("%s", node).isIn(form, Node.Form.NONE);
    for (Extent run : extents.runs()) {
      assertThat(run.physicalEnd()).isLessThanOrEqualTo(image.size());
    }
    long first = extents.runs().isEmpty() ? -1 : extents.runs().getFirst().physical();
    assertThat(node.firstByte()).as("%s", node).isEqualTo(first);
  }

  @Test
  void contentReadsTheSameAtAnyPosition() throws MediaException {
    FileTree tree = tree();
    Random random = new Random(SEED);
    for (Node node : TreeSnapshot.of(tree).paths(Node.Kind.FILE).values()) {
      if (node.size() > 0 && node.size() <= 16 << 20) {
        checkPositions(new ContentReader(image, tree.content(node.id())), random);
      }
    }
  }

  private static void checkPositions(ContentReader reader, Random random) throws MediaException {
    byte[] whole = new byte[(int) reader.size()];
    if (whole.length == 0) {
      return;
    }
    reader.read(0, ByteBuffer.wrap(whole));
    for (int i = 0; i < 4; i++) {
      int from = random.nextInt(whole.length);
      int length = random.nextInt(Math.min(whole.length - from, 100_000) + 1);
      byte[] part = new byte[length];
      reader.read(from, ByteBuffer.wrap(part));
      assertThat(part).isEqualTo(Arrays.copyOfRange(whole, from, from + length));
    }
  }

  @Test
  void everyAllocatedUnitIsExplained() throws MediaException {
    Coverage coverage = tree().coverage();
    assertThat(coverage.unexplained()).isEmpty();
    assertThat(coverage.contested()).isEmpty();
    assertThat(coverage.missing()).isZero();
    assertThat(coverage.allocated()).isPositive();
  }

  @Test
  void theVolumeAnswersForItself() throws MediaException {
    FileTree tree = tree();
    assertThat(tree.volume().size()).isPositive().isLessThanOrEqualTo(image.size());
    assertThat(tree.volume().used()).isPositive().isLessThanOrEqualTo(tree.volume().size());
    assertThat(tree.volume().used())
        .isEqualTo(tree.coverage().allocated() * tree.volume().blockSize());
  }

  @Test
  void aLimitEndsAScanWithItsName() throws MediaException {
    Bounds few = new Bounds(1L << 30, 1L << 30, 3, 100, Duration.ofMinutes(1));
    FileTree tree = open(image, few);
    assertThatThrownBy(() -> TreeSnapshot.of(tree))
        .isInstanceOfSatisfying(
            MediaException.class, e -> assertThat(e.trouble()).isEqualTo(Trouble.EXCEEDED));
  }

  @Test
  void aFailingReadLosesNothingInSilence() throws MediaException {
    FaultyBlockSource counting = new FaultyBlockSource(image);
    TreeSnapshot.of(open(counting, Bounds.GENEROUS));
    long all = counting.reads();
    for (long n = 1; n <= all; n += Math.max(1, all * thrift() / FAULT_RUNS)) {
      FaultyBlockSource faulty = new FaultyBlockSource(image).failRead(n);
      try {
        FileTree tree = open(faulty, Bounds.GENEROUS);
        checkNothingIsLostInSilence(TreeSnapshot.of(tree), tree, image);
      } catch (MediaException e) {
        assertThat(e.trouble()).as("read %d: %s", n, e).isIn(Trouble.UNREADABLE, Trouble.DAMAGED);
      }
    }
  }

  // What is there must be right; what is not there must have been told.
  private void checkNothingIsLostInSilence(TreeSnapshot found, FileTree tree, BlockSource volume)
      throws MediaException {
    Map<String, Listing.Row> rows = found.files(tree, volume).files();
    Map<String, Listing.Row> expected = disk.expected().files();
    rows.forEach((path, row) -> {
      if (!row.md5().startsWith("unreadable: ")) {
        assertThat(row).as(path).isEqualTo(expected.get(path));
      }
    });
    Set<String> lost = new HashSet<>(expected.keySet());
    lost.removeAll(rows.keySet());
    if (!lost.isEmpty()) {
      assertThat(found.damages()).as("lost: %s", lost).isNotEmpty();
    }
  }

  @Test
  void aDeviceThatVanishesIsGone() throws MediaException {
    FaultyBlockSource counting = new FaultyBlockSource(image);
    TreeSnapshot.of(open(counting, Bounds.GENEROUS));
    for (long n = 0; n < counting.reads(); n += Math.max(1, counting.reads() / 7)) {
      FaultyBlockSource pulled = new FaultyBlockSource(image).vanishAfter(n);
      assertThatThrownBy(() -> TreeSnapshot.of(open(pulled, Bounds.GENEROUS)))
          .isInstanceOfSatisfying(
              MediaException.class, e -> assertThat(e.trouble()).isEqualTo(Trouble.GONE));
    }
  }

  @Test
  void aTruncatedImageNeverInventsAFile() throws MediaException {
    for (int sixteenths = 15; sixteenths >= 0; sixteenths--) {
      BlockSource cut = new SliceSource(image, 0, image.size() / 16 * sixteenths);
      try {
        FileTree tree = open(cut, Bounds.GENEROUS);
        checkNothingIsLostInSilence(TreeSnapshot.of(tree), tree, cut);
      } catch (MediaException e) {
        assertThat(e.trouble()).isIn(Trouble.DAMAGED, Trouble.UNREADABLE, Trouble.UNSUPPORTED);
      }
    }
  }

  @Test
  void noMutantCrashesOrHoldsAThread() throws IOException, MediaException {
    Mutants mutants = Mutants.of(image, volume -> TreeSnapshot.of(open(volume, Bounds.GENEROUS)));
    for (int i = 0; i < MUTANTS / thrift(); i++) {
      long seed = SEED + i;
      long start = CpuTime.nanos();
      try {
        readAll(mutants.mutant(seed));
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
        throw new AssertionError("mutant with seed " + seed, e);
      }
      assertThat(CpuTime.nanos() - start).as("mutant %d", seed).isLessThan(MOST_MUTANT_NANOS);
    }
  }

  // Any MediaException is a good answer; anything else is not.
  private void readAll(BlockSource mutant) {
    try {
      FileTree tree = open(mutant, Bounds.TIGHT);
      TreeSnapshot found = TreeSnapshot.of(tree);
      for (Node node : found.nodes().values()) {
        if (node.kind() == Node.Kind.FILE) {
          readEnds(new ContentReader(mutant, tree.content(node.id())));
        }
      }
      tree.coverage();
    } catch (MediaException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  private static void readEnds(ContentReader reader) {
    ByteBuffer piece = ByteBuffer.allocate((int) Math.min(reader.size(), 70_000));
    try {
      reader.read(0, piece);
      reader.read(reader.size() - piece.capacity(), piece.clear());
    } catch (MediaException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }
}
