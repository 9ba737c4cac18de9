package org.diskferry.media.fs.hfsplus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.Content;
import org.diskferry.media.fs.Coverage;
import org.diskferry.media.fs.Damage;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Node;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.MadeDisk;
import org.diskferry.media.testing.MemorySource;
import org.diskferry.media.testing.TreeSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What no disk of the kit has, made by hand from those that it has.
class HfsPlusSpecialTest {
  @TempDir Path folder;

  private MadeDisk disk(String name) throws Exception {
    return HfsPlusDisks.unpack(getClass(), folder, name);
  }

  private static FileTree open(BlockSource source) throws MediaException {
    return HfsPlus.open(source, Bounds.GENEROUS);
  }

  @ParameterizedTest
  @CsvSource({
    "7, LZVN",
    "8, LZVN",
    "11, LZFSE",
    "12, LZFSE",
    "13, LZBITMAP",
    "14, LZBITMAP",
    "10, stored",
    "5, several files",
    "0x80000001, cloud",
    "99, method 99"
  })
  void whatCannotBeExpandedIsNamedAndNeverEmpty(String method, String word) throws Exception {
    MadeDisk disk = disk("hfsplus-decmpfs");
    try (BlockSource image = disk.open()) {
      EditedVolume volume = new EditedVolume(image);
      long value = volume.compression("inline.txt");
      int number = Long.decode(method).intValue();
      volume.putInt(value + 16 + 4, Integer.reverseBytes(number));
      FileTree tree = open(volume.source());
      Node node = TreeSnapshot.of(tree).paths(Node.Kind.FILE).get("c/inline.txt");
      assertThat(node.form()).isEqualTo(Node.Form.UNREADABLE);
      assertThat(node.size()).isEqualTo(9000);
      assertThat(tree.content(node.id()))
          .isInstanceOfSatisfying(
              Content.Unreadable.class, it -> assertThat(it.reason()).contains(word));
    }
  }

  @Test
  void aCompressedFileWhoseAttributeIsGoneIsUnreadable() throws Exception {
    MadeDisk disk = disk("hfsplus-decmpfs");
    try (BlockSource image = disk.open()) {
      EditedVolume volume = new EditedVolume(image);
      long value = volume.compression("inline.txt");
      // Another letter in the last place of its name, which the value follows.
      long letter = value - 1;
      volume.source().put(letter, (byte) 'x');
      FileTree tree = open(volume.source());
      Node node = TreeSnapshot.of(tree).paths(Node.Kind.FILE).get("c/inline.txt");
      assertThat(tree.content(node.id()))
          .isInstanceOfSatisfying(
              Content.Unreadable.class, it -> assertThat(it.reason()).contains("missing"));
      assertThat(node.form()).isEqualTo(Node.Form.UNREADABLE);
    }
  }

  @Test
  void compressedDataThatIsTooLargeForItsRecordIsReadFromItsOwnBlocks() throws Exception {
    MadeDisk disk = disk("hfsplus-decmpfs");
    try (BlockSource image = disk.open()) {
      EditedVolume volume = new EditedVolume(image);
      for (String name : new String[] {"inline_raw.bin", "inline.txt"}) {
        moveIntoBlocks(volume, volume.compression(name));
      }
      FileTree tree = open(volume.source());
      TreeSnapshot found = TreeSnapshot.of(tree);
      assertThat(found.files(tree, volume.source()).files()).isEqualTo(disk.expected().files());
      Coverage coverage = tree.coverage();
      assertThat(coverage.missing()).isZero();
      assertThat(coverage.contested()).isEmpty();
    }
  }

  private static void moveIntoBlocks(EditedVolume volume, long value) throws MediaException {
    int length = volume.read(value + 12, 4).getInt(0);
    assertThat(length).isGreaterThan(Fork.LENGTH);
    ByteBuffer bytes = volume.read(value + 16, length);
    int needed = Math.ceilDiv(length, volume.blockSize());
    long block = volume.allocate(needed);
    volume.put(block * volume.blockSize(), bytes);
    ByteBuffer fork = ByteBuffer.allocate(8 + Fork.LENGTH);
    fork.putInt(0, 0x20).putLong(8, length).putInt(8 + 12, needed);
    fork.putInt(8 + 16, (int) block).putInt(8 + 20, needed);
    volume.put(value, fork);
  }

  @Test
  void theRunsOfALargeAttributeGoOnInRecordsOfTheirOwn() throws Exception {
    MadeDisk disk = disk("hfsplus-decmpfs");
    try (BlockSource image = disk.open()) {
      EditedVolume volume = new EditedVolume(image);
      long value = volume.compression("inline_raw.bin");
      byte[] content = new byte[9 * volume.blockSize() + 100];
      new Random(30).nextBytes(content);
      ByteBuffer stored = ByteBuffer.allocate(16 + content.length).order(ByteOrder.LITTLE_ENDIAN);
      stored.putInt(0, 0x636D_7066).putInt(4, 1).putLong(8, content.length).put(16, content);
      // Ten blocks, each of them in front of the one before: ten runs, and a fork has room for
      // eight.
      List<BlockRun> runs = new ArrayList<>();
      long first = volume.allocate(10);
      for (int i = 0; i < 10; i++) {
        long block = first + 9 - i;
        int from = i * volume.blockSize();
        int length = Math.min(volume.blockSize(), stored.capacity() - from);
        volume.put(block * volume.blockSize(), stored.slice(from, length));
        runs.add(new BlockRun(block, 1));
      }
      ByteBuffer fork = ByteBuffer.allocate(8 + Fork.LENGTH);
      fork.putInt(0, 0x20).putLong(8, stored.capacity()).putInt(8 + 12, 10);
      for (int i = 0; i < 8; i++) {
        fork.putInt(24 + 8 * i, (int) runs.get(i).start()).putInt(28 + 8 * i, 1);
      }
      volume.put(value, fork);
      assertThat(inlineRaw(volume)).contains("unreadable: ").contains("only 8 of them");
      volume.continueCompression("inline_raw.bin", 8, runs.subList(8, 10));
      assertThat(inlineRaw(volume)).isEqualTo(Listing.row(content, 0).md5());
      Coverage coverage = open(volume.source()).coverage();
      assertThat(coverage.missing()).isZero();
      assertThat(coverage.contested()).isEmpty();
    }
  }

  private static String inlineRaw(EditedVolume volume) throws MediaException {
    FileTree tree = open(volume.source());
    TreeSnapshot found = TreeSnapshot.of(tree);
    return found.files(tree, volume.source()).files().get("c/inline_raw.bin").md5();
  }

  @Test
  void aFileThatIsStoredInItsAttributeIsRead() throws Exception {
    MadeDisk disk = disk("hfsplus-decmpfs");
    try (BlockSource image = disk.open()) {
      EditedVolume volume = new EditedVolume(image);
      long value = volume.compression("inline_raw.bin");
      ByteBuffer header = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
      volume.put(value + 20, header.putInt(0, 1).putLong(4, 1501));
      FileTree tree = open(volume.source());
      Node node = TreeSnapshot.of(tree).paths(Node.Kind.FILE).get("c/inline_raw.bin");
      assertThat(node.form()).isEqualTo(Node.Form.INLINE);
      assertThat(tree.content(node.id()))
          .isInstanceOfSatisfying(
              Content.Inline.class,
              it -> {
                byte[] bytes = new byte[1500];
                it.bytes().get(1, bytes);
                assertThat(Listing.row(bytes, 0).md5())
                    .isEqualTo(disk.expected().files().get("c/inline_raw.bin").md5());
              });
      volume.put(value + 20, header.putLong(4, 1502));
      assertThat(open(volume.source()).content(node.id())).isInstanceOf(Content.Unreadable.class);
    }
  }

  @Test
  void aHardLinkToNothingIsToldAndNamed() throws Exception {
    MadeDisk disk = disk("hfsplus-hardlinks");
    try (BlockSource image = disk.open()) {
      EditedVolume volume = new EditedVolume(image);
      volume.putInt(volume.named("alpha-three.txt") + 44, 777_777);
      FileTree tree = open(volume.source());
      TreeSnapshot found = TreeSnapshot.of(tree);
      assertThat(found.damages())
          .singleElement()
          .extracting(Damage::reason)
          .asString()
          .contains("'iNode777777', which is not there");
      Node node = found.paths(Node.Kind.FILE).get("links/more/alpha-three.txt");
      assertThat(node.form()).isEqualTo(Node.Form.UNREADABLE);
      assertThat(tree.content(node.id())).isInstanceOf(Content.Unreadable.class);
    }
  }

  @Test
  void aFileThatLostItsNamesIsTold() throws Exception {
    MadeDisk disk = disk("hfsplus-hardlinks");
    try (BlockSource image = disk.open()) {
      EditedVolume volume = new EditedVolume(image);
      // Names of one file become plain files without content.
      for (String name : new String[] {"empty.txt", "empty2"}) {
        volume.put(volume.named(name) + 48, ByteBuffer.allocate(8));
      }
      assertThat(TreeSnapshot.of(open(volume.source())).damages())
          .extracting(Damage::reason)
          .anyMatch(reason -> reason.contains("has lost its names"));
    }
  }

  @Test
  void aFileThatWasDeletedWhileItWasOpenIsHiddenAndAccountedFor() throws Exception {
    MadeDisk disk = disk("hfsplus-hardlinks");
    try (BlockSource image = disk.open()) {
      EditedVolume volume = new EditedVolume(image);
      CatalogueVisitor.Found linked =
          volume.find(found ->
              found.record() instanceof CatalogRecord.File file
                  && found.key().name().startsWith("iNode")
                  && file.data().size() > 0);
      // From iNodeN to temp…: the same length, the same place in the order of no other name.
      long value = volume.catalogueValue(linked::equals);
      long name = value - 2L * linked.key().name().length();
      volume.put(name, StandardCharsets.UTF_16BE.encode("temp0"));
      FileTree tree = open(volume.source());
      TreeSnapshot found = TreeSnapshot.of(tree);
      assertThat(found.links()).noneMatch(link -> link.name().text().startsWith("temp"));
      assertThat(found.damages())
          .singleElement()
          .extracting(Damage::reason)
          .asString()
          .contains("which is not there");
      Coverage coverage = tree.coverage();
      assertThat(coverage.missing()).isZero();
      assertThat(coverage.exceptions())
          .singleElement()
          .asString()
          .startsWith("1 files were deleted while they were open");
    }
  }

  @Test
  void aHardLinkToAFolderIsToldAndNotFollowed() throws Exception {
    MadeDisk disk = disk("hfsplus-hardlinks");
    try (BlockSource image = disk.open()) {
      EditedVolume volume = new EditedVolume(image);
      long value = volume.named("g1");
      volume.putShort(value + 2, 0x22);
      volume.putInt(value + 48, 0x6664_7270).putInt(value + 52, 0x4D41_4353);
      TreeSnapshot found = TreeSnapshot.of(open(volume.source()));
      assertThat(found.paths(Node.Kind.LINK)).containsKey("links/g1");
      assertThat(found.damages())
          .singleElement()
          .extracting(Damage::reason)
          .asString()
          .contains("'g1' is a hard link to a folder");
    }
  }

  @Test
  void theFoldersThatFolderLinksMeanAreHiddenWithAllThatIsInThem() throws Exception {
    MadeDisk disk = disk("hfsplus-hardlinks");
    try (BlockSource image = disk.open()) {
      TreeSnapshot before = TreeSnapshot.of(open(image));
      EditedVolume volume = new EditedVolume(image);
      // The folder `links` becomes the private one: as many units as its name needs are not there,
      // so the reader is told who it is.
      SystemFiles system = new SystemFiles(volume.structures(), Optional.empty());
      long links = volume.find(found -> EditedVolume.isNamed(found, "links")).record().cnid();
      system.isPrivate(
          new CatalogKey(Catalogue.ROOT, ".HFS+ Private Directory Data\r"),
          new CatalogRecord.Folder(links, 0, Instant.EPOCH));
      Ancestry ancestry = new Ancestry(volume.structures().catalogue(), system);
      Map<String, Node> folders = before.paths(Node.Kind.DIRECTORY);
      assertThat(ancestry.isHidden(folders.get("links/more").id())).isTrue();
      assertThat(ancestry.isHidden(folders.get("links").id())).isTrue();
      assertThat(ancestry.isHidden(folders.get("origin").id())).isFalse();
      assertThat(ancestry.isHidden(Catalogue.ROOT)).isFalse();
    }
  }

  @Test
  void aVolumeWithinAWrapperIsReadWhereItLies() throws Exception {
    MadeDisk disk = disk("hfsx");
    try (BlockSource image = disk.open()) {
      byte[] wrapped = wrapped(image);
      MemorySource source = new MemorySource(wrapped);
      assertThat(HfsPlus.recognises(source)).isTrue();
      checkWrapped(disk, source);
      // The wrapper's own copy of its header is at the end.
      byte[] damaged = wrapped.clone();
      Arrays.fill(damaged, 1024, 1536, (byte) 0);
      assertThat(HfsPlus.recognises(new MemorySource(damaged))).isFalse();
      // The volume's alternate header, within.
      damaged = wrapped.clone();
      Arrays.fill(damaged, BASE + 1024, BASE + 1536, (byte) 0);
      checkWrapped(disk, new MemorySource(damaged));
    }
  }

  private static final int BASE = 10 * 512 + 3 * 4096;

  private static byte[] wrapped(BlockSource image) throws MediaException {
    int size = (int) image.size();
    byte[] bytes = new byte[BASE + size + 8192];
    image.read(0, ByteBuffer.wrap(bytes, BASE, size));
    ByteBuffer wrapper = ByteBuffer.wrap(bytes);
    wrapper.putShort(1024, (short) 0x4244).putInt(1024 + 20, 4096).putShort(1024 + 28, (short) 10);
    wrapper.putShort(1024 + 124, (short) 0x482B).putShort(1024 + 126, (short) 3);
    wrapper.putShort(1024 + 128, (short) (size / 4096));
    return bytes;
  }

  private static void checkWrapped(MadeDisk disk, BlockSource source) throws MediaException {
    FileTree tree = open(source);
    TreeSnapshot found = TreeSnapshot.of(tree);
    assertThat(found.files(tree, source).files()).isEqualTo(disk.expected().files());
    assertThat(tree.coverage().missing()).isZero();
  }

  @Test
  void aFileOfTheUsersIsNotHiddenForItsName() throws Exception {
    MadeDisk disk = disk("hfsplus-hardlinks");
    try (BlockSource image = disk.open()) {
      EditedVolume volume = new EditedVolume(image);
      volume.putInt(VolumeHeader.OFFSET + 4, 0x2100);
      assertThat(TreeSnapshot.of(open(volume.source())).paths(Node.Kind.FILE)).hasSize(50);
    }
    assertThat(LinkedFiles.number("iNode")).isEqualTo(-1);
    assertThat(LinkedFiles.number("iNode12x")).isEqualTo(-1);
    assertThat(LinkedFiles.number("iNode4294967295")).isEqualTo(4_294_967_295L);
    assertThat(LinkedFiles.number("iNode4294967296")).isEqualTo(-1);
  }

  @Test
  void timesAreCountedFrom1904() {
    assertThat(Times.instant(0)).isEqualTo("1970-01-01T00:00:00Z");
    assertThat(Times.instant(1)).isEqualTo("1904-01-01T00:00:01Z");
    assertThat(Times.instant(-1)).isEqualTo("2040-02-06T06:28:15Z");
  }
}
