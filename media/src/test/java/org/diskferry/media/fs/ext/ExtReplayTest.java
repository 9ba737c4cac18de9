package org.diskferry.media.fs.ext;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.diskferry.media.Bounds;
import org.diskferry.media.Budget;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.block.FileSource;
import org.diskferry.media.fs.Content;
import org.diskferry.media.fs.Coverage;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Node;
import org.diskferry.media.fs.Volume;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.MemorySource;
import org.diskferry.media.testing.Mount;
import org.diskferry.media.testing.Tool;
import org.diskferry.media.testing.TreeSnapshot;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Images that were copied while the volume was mounted and written to: what comes out equals what
/// the kernel shows after its own recovery of a copy of the copy.
class ExtReplayTest {
  private static final int MOMENTS = 5;
  private static final int STEPS_A_MOMENT = 120;
  private static final byte[] JOURNAL_MARK = {(byte) 0xC0, 0x3B, 0x39, (byte) 0x98};

  @TempDir private Path folder;

  @BeforeAll
  static void needsTools() {
    ExtDisks.require(ExtReplayTest.class);
  }

  @ParameterizedTest
  @CsvSource({
    "1, -t ext4, commit=1",
    "2, -t ext4 -b 1024 -J size=1, commit=1",
    "3, -t ext4 -O ^64bit -b 1024 -J size=1, commit=1",
    "4, '-t ext4 -O ^metadata_csum,^64bit -b 2048 -J size=4', journal_checksum",
    "5, '-t ext4 -O ^metadata_csum -J size=4', 'data=journal,nodelalloc'",
    "6, -t ext4 -b 1024 -J size=4, data=journal",
    "7, -t ext3 -b 1024 -J size=1, data=ordered",
    "8, -t ext3 -J size=4, data=journal",
    "9, '-t ext4 -O orphan_file,inline_data,metadata_csum_seed -b 1024 -J size=1', commit=1",
    "10, -t ext4 -O bigalloc -J size=4, commit=1"
  })
  void aDiskThatWasPulledReadsAsAfterRecovery(int seed, String options, String mounting)
      throws Exception {
    Path image = ExtDisks.format(folder, 64L << 20, options.split(" "));
    try (Mount mount = Mount.loop(image, folder.resolve("mounted"), mounting);
        Writer writer = new Writer(mount.root(), new Random(seed))) {
      int replayed = 0;
      for (int moment = 0; moment < MOMENTS; moment++) {
        writer.steps(STEPS_A_MOMENT);
        Path copy = copyOfAMoment(image, "copy " + moment);
        if (equalsTheKernelsView(copy)) {
          replayed++;
        }
        Files.delete(copy);
      }
      assertThat(replayed).as("moments at which the journal was waiting").isPositive();
    }
  }

  /// The last steps are made durable by fast commits alone: the log does not have them.
  @ParameterizedTest
  @CsvSource({
    "21, -t ext4 -O fast_commit",
    "22, -t ext4 -O fast_commit -b 1024 -J size=2",
    "23, '-t ext4 -O fast_commit,inline_data,orphan_file -I 256'",
    "24, -t ext4 -O fast_commit,bigalloc -J size=4"
  })
  void whatFastCommitsChangedIsThere(int seed, String options) throws Exception {
    Path image = ExtDisks.format(folder, 64L << 20, options.split(" "));
    try (Mount mount = Mount.loop(image, folder.resolve("mounted"), "commit=300");
        Writer writer = new Writer(mount.root(), new Random(seed))) {
      long changes = 0;
      for (int moment = 0; moment < MOMENTS; moment++) {
        writer.steps(STEPS_A_MOMENT / 4);
        Tool.run("sync", "-f", mount.root().toString());
        for (int i = 0; i < 6; i++) {
          writer.fastSteps(4);
          Path copy = copyOfAMoment(image, "copy " + moment);
          assertThat(equalsTheKernelsView(copy)).isTrue();
          changes += fastCommits(copy);
          Files.delete(copy);
        }
      }
      assertThat(changes).as("inodes that fast commits changed").isGreaterThan(20);
    }
  }

  private static long fastCommits(Path copy) throws Exception {
    try (BlockSource source = FileSource.open(copy)) {
      SuperblockSearch.Found found = new SuperblockSearch(source).find();
      Budget budget = new Budget(Bounds.GENEROUS);
      return StreamSupport.stream(
              new Journal(source, found, budget)
                  .replay()
                  .changes()
                  .inodes(0, Long.MAX_VALUE)
                  .spliterator(),
              false)
          .count();
    }
  }

  /// Transactions that `debugfs` writes, which knows the older kinds of checksums, too.
  @ParameterizedTest
  @CsvSource({
    "2, metadata_csum",
    "3, metadata_csum",
    "2, 'metadata_csum,^64bit'",
    "3, 'metadata_csum,^64bit'"
  })
  void everyKindOfChecksumOfATransactionIsChecked(int version, String features) throws Exception {
    Tool.require(ExtReplayTest.class, "debugfs");
    Random random = new Random(version);
    byte[] old = new byte[4096];
    byte[] newer = new byte[1024];
    random.nextBytes(old);
    random.nextBytes(newer);
    Path tree = Files.createDirectory(folder.resolve("tree"));
    Files.write(tree.resolve("file"), old);
    Path image =
        ExtDisks.format(
            folder, 16L << 20, "-t", "ext4", "-b", "1024", "-O", features, "-d", "" + tree);
    String blocks = Tool.run("debugfs", "-R", "blocks /file", image.toString());
    String second = blocks.lines().reduce("", (_, line) -> line).strip().split(" +", -1)[1];
    Path commands = folder.resolve("commands");
    Files.writeString(
        commands,
        "jo -c -v %d\njw -b %s %s\njc\n"
            .formatted(version, second, Files.write(folder.resolve("newer"), newer)));
    Tool.run("debugfs", "-w", "-f", commands.toString(), image.toString());
    System.arraycopy(newer, 0, old, 1024, newer.length);
    assertThat(equalsTheKernelsView(image)).isTrue();
    byte[] bytes = Files.readAllBytes(image);
    assertThat(file(bytes)).isEqualTo(Listing.row(old, 0).md5());
    // In the log it lies once more, and there one bit of it is wrong.
    bytes[lastPlace(bytes, newer) + 77] ^= 1;
    assertThat(file(bytes)).contains("unreadable: ").contains("checksum is wrong");
  }

  private static String file(byte[] image) throws Exception {
    BlockSource source = new MemorySource(image);
    FileTree tree = Ext.open(source, Bounds.GENEROUS);
    return TreeSnapshot.of(tree).files(tree, source).files().get("file").md5();
  }

  private static int lastPlace(byte[] image, byte[] block) {
    for (int at = image.length - block.length; at >= 0; at -= block.length) {
      if (Arrays.equals(image, at, at + block.length, block, 0, block.length)) {
        return at;
      }
    }
    throw new AssertionError("the journal does not have it");
  }

  // The kernel may be writing while we copy: two equal copies in a row are one moment.
  private Path copyOfAMoment(Path image, String name) throws Exception {
    Path copy = folder.resolve(name);
    Path again = folder.resolve(name + " again");
    for (int attempt = 0; attempt < 100; attempt++) {
      Tool.run("cp", "--sparse=always", image.toString(), copy.toString());
      Tool.run("cp", "--sparse=always", image.toString(), again.toString());
      if (Files.mismatch(copy, again) < 0) {
        Files.delete(again);
        return copy;
      }
    }
    throw new IOException("the volume never came to rest");
  }

  private boolean equalsTheKernelsView(Path copy) throws Exception {
    try (BlockSource source = FileSource.open(copy)) {
      FileTree tree = Ext.open(source, Bounds.GENEROUS);
      TreeSnapshot found = TreeSnapshot.of(tree);
      assertThat(found.damages()).isEmpty();
      Listing mine = found.files(tree, source);
      assertThat(mine.files()).isEqualTo(kernelsView(copy).files());
      assertThat(found.orphans()).isEmpty();
      Coverage coverage = tree.coverage();
      assertThat(coverage.unexplained()).isEmpty();
      assertThat(coverage.contested()).isEmpty();
      return tree.volume().state() == Volume.State.REPLAYED;
    }
  }

  private Listing kernelsView(Path copy) throws Exception {
    Path own = folder.resolve("recovered.img");
    Files.copy(copy, own, StandardCopyOption.REPLACE_EXISTING);
    try (Mount mount = Mount.loop(own, folder.resolve("recovered"), "noatime")) {
      return Listing.ofDirectory(mount.root());
    }
  }

  @Test
  void contentThatPosesAsTheJournalIsReadFromTheJournalAsItWas() throws Exception {
    Path image = ExtDisks.format(folder, 64L << 20, "-t", "ext4", "-O", "^metadata_csum");
    byte[] content = new byte[50_000];
    new Random(3).nextBytes(content);
    for (int at = 0; at < content.length; at += 8192) {
      System.arraycopy(JOURNAL_MARK, 0, content, at, JOURNAL_MARK.length);
    }
    Path copy;
    try (Mount mount = Mount.loop(image, folder.resolve("mounted"), "data=journal")) {
      Path file = mount.root().resolve("posing.bin");
      Files.write(file, content);
      Tool.run("sync", file.toString());
      copy = copyOfAMoment(image, "copy");
    }
    try (BlockSource source = FileSource.open(copy)) {
      FileTree tree = Ext.open(source, Bounds.GENEROUS);
      TreeSnapshot found = TreeSnapshot.of(tree);
      Node node = found.paths(Node.Kind.FILE).get("posing.bin");
      assertThat(tree.content(node.id())).isInstanceOf(Content.Encoded.class);
      assertThat(node.form()).isEqualTo(Node.Form.ENCODED);
    }
    assertThat(equalsTheKernelsView(copy)).isTrue();
  }

  @Test
  void blocksOfADeletedFolderThatAreAFilesNowAreNotTakenFromTheJournal() throws Exception {
    Path image =
        ExtDisks.format(folder, 24L << 20, "-t", "ext4", "-b", "1024", "-m", "0", "-J", "size=4");
    Path copy;
    try (Mount mount = Mount.loop(image, folder.resolve("mounted"), "nodelalloc")) {
      Path passing = Files.createDirectory(mount.root().resolve("passing"));
      Path target = Files.createFile(mount.root().resolve("target"));
      for (int i = 0; i < 2_000; i++) {
        Files.createLink(passing.resolve("n".repeat(200) + i), target);
      }
      fillUp(mount.root().resolve("filler"));
      Tool.run("sync", "-f", mount.root().toString());
      try (var names = Files.list(passing)) {
        for (Path name : names.toList()) {
          Files.delete(name);
        }
      }
      Tool.run("sync", target.toString());
      Files.delete(passing);
      Tool.run("sync", target.toString());
      Path heir = mount.root().resolve("heir");
      fillUp(heir);
      assertThat(Files.size(heir)).as("bytes that the folder left").isGreaterThan(100_000);
      Tool.run("sync", heir.toString());
      copy = copyOfAMoment(image, "copy");
    }
    assertThat(equalsTheKernelsView(copy)).isTrue();
  }

  private static void fillUp(Path file) {
    byte[] piece = new byte[1 << 14];
    Arrays.fill(piece, (byte) 'x');
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      while (true) {
        channel.write(ByteBuffer.wrap(piece));
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }

  @Test
  void whatWasDeletedWhileOpenIsGoneAndExplained() throws Exception {
    for (String feature : List.of("^orphan_file", "orphan_file")) {
      Path place = Files.createDirectory(folder.resolve(feature));
      Path image = ExtDisks.format(place, 64L << 20, "-t", "ext4", "-O", feature);
      Path copy;
      try (Mount mount = Mount.loop(image, place.resolve("mounted"), "noatime")) {
        Path open = mount.root().resolve("open.bin");
        Files.write(open, new byte[300_000]);
        Files.write(mount.root().resolve("stays.bin"), new byte[3_000]);
        try (FileChannel held = FileChannel.open(open, StandardOpenOption.WRITE)) {
          Files.delete(open);
          held.write(ByteBuffer.allocate(100_000));
          Tool.run("sync", "-f", mount.root().toString());
          copy = copyOfAMoment(image, feature + " copy");
        }
      }
      try (BlockSource source = FileSource.open(copy)) {
        FileTree tree = Ext.open(source, Bounds.GENEROUS);
        assertThat(TreeSnapshot.of(tree).files(tree, source).files()).containsOnlyKeys("stays.bin");
        assertThat(tree.coverage().unexplained()).isEmpty();
        assertThat(tree.coverage().exceptions()).hasSize(1);
      }
      assertThat(equalsTheKernelsView(copy)).isTrue();
    }
  }

  /// Somebody who works on the volume, with files of all sizes, and syncs now and then.
  private static final class Writer implements AutoCloseable {
    private final Path root;
    private final Random random;
    private final List<Path> files = new ArrayList<>();
    private final List<Path> folders = new ArrayList<>();
    private final List<FileChannel> open = new ArrayList<>();
    private int count;

    Writer(Path root, Random random) {
      this.root = root;
      this.random = random;
      folders.add(root);
    }

    void steps(int steps) throws Exception {
      for (int i = 0; i < steps; i++) {
        step();
      }
    }

    private void step() throws Exception {
      switch (random.nextInt(12)) {
        case 0, 1, 2, 3 -> create(random.nextInt(8) == 0 ? 400_000 : 9_000);
        case 4 -> folders.add(Files.createDirectory(fresh("folder")));
        case 5 -> replaceFolder();
        case 6 -> files.removeIf(this::isDeletedByChance);
        case 7 -> deleteWhileOpen();
        case 8 -> overwrite();
        case 9 -> cut();
        case 10 -> rename();
        default -> sync();
      }
    }

    /// Steps of a kind that fast commits record, and a sync of one file after each.
    void fastSteps(int steps) throws Exception {
      for (int i = 0; i < steps; i++) {
        switch (random.nextInt(8)) {
          case 0, 1 -> create(20_000);
          case 2 -> files.removeIf(this::isDeletedByChance);
          case 3 -> overwrite();
          case 4 -> cut();
          case 5 -> rename();
          case 6 -> link();
          default -> folders.add(Files.createDirectory(fresh("folder")));
        }
        Tool.run("sync", create(3_000).toString());
      }
    }

    private void link() throws IOException {
      if (!files.isEmpty()) {
        Path link = fresh("link");
        Files.createLink(link, files.get(random.nextInt(files.size())));
        files.add(link);
      }
    }

    private Path fresh(String kind) {
      return folders.get(random.nextInt(folders.size())).resolve(kind + " " + count++);
    }

    private byte[] bytes(int most) {
      byte[] bytes = new byte[random.nextInt(most)];
      random.nextBytes(bytes);
      for (int at = 0; at + 4 <= bytes.length && random.nextInt(4) == 0; at += 1024) {
        System.arraycopy(JOURNAL_MARK, 0, bytes, at, JOURNAL_MARK.length);
      }
      return bytes;
    }

    private Path create(int most) throws IOException {
      Path file = fresh("file");
      Files.write(file, bytes(most));
      files.add(file);
      return file;
    }

    // A folder's blocks become those of a file: the journal has to revoke them.
    private void replaceFolder() throws IOException {
      Path folder = Files.createDirectory(root.resolve("passing " + count++));
      for (int i = 0; i < 60; i++) {
        Files.createFile(folder.resolve("an entry with a rather long name, for size " + i));
      }
      if (random.nextBoolean()) {
        sync();
      }
      for (int i = 0; i < 60; i++) {
        Files.delete(folder.resolve("an entry with a rather long name, for size " + i));
      }
      Files.delete(folder);
      create(100_000);
    }

    private boolean isDeletedByChance(Path file) {
      if (random.nextInt(4) != 0) {
        return false;
      }
      try {
        Files.delete(file);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
      return true;
    }

    private void deleteWhileOpen() throws IOException {
      if (open.size() < 10) {
        Path file = create(60_000);
        files.remove(file);
        open.add(FileChannel.open(file, StandardOpenOption.WRITE));
        Files.delete(file);
      } else {
        open.removeFirst().close();
      }
    }

    private void overwrite() throws IOException {
      if (!files.isEmpty()) {
        Path file = files.get(random.nextInt(files.size()));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.write(ByteBuffer.wrap(bytes(30_000)), random.nextInt(300_000));
        }
      }
    }

    private void cut() throws IOException {
      if (!files.isEmpty()) {
        Path file = files.get(random.nextInt(files.size()));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.truncate(random.nextInt(10_000));
        }
      }
    }

    private void rename() throws IOException {
      if (!files.isEmpty()) {
        int which = random.nextInt(files.size());
        files.set(which, Files.move(files.get(which), fresh("renamed")));
      }
    }

    private void sync() throws IOException {
      if (!files.isEmpty()) {
        Path file = files.get(random.nextInt(files.size()));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.force(true);
        }
      }
    }

    @Override
    public void close() throws IOException {
      for (FileChannel channel : open) {
        channel.close();
      }
    }
  }
}
