package org.diskferry.media.fs.ntfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.Content;
import org.diskferry.media.fs.ContentReader;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Link;
import org.diskferry.media.fs.Node;
import org.diskferry.media.fs.Volume;
import org.diskferry.media.testing.ContentSet;
import org.diskferry.media.testing.ContentSet.Pattern;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.MadeDisk;
import org.diskferry.media.testing.Mount;
import org.diskferry.media.testing.Tool;
import org.diskferry.media.testing.TreeSnapshot;
import org.junit.jupiter.api.Test;

/// An everyday volume with one of everything that ntfs-3g can write: compressed folder, streams,
/// holes, hard links, links, deleted files, space set aside, a folder of many files.
class NtfsTest extends NtfsContract {
  private static final long TIME = 1_300_000_000L;
  private static final byte[] STREAM =
      "told on the side".repeat(400).getBytes(StandardCharsets.UTF_8);

  @Override
  protected MadeDisk make(Path folder) throws Exception {
    NtfsDisks.require(getClass());
    Path image = NtfsDisks.format(folder, 160 << 20, 4096, 512);
    Map<String, Listing.Row> more = new HashMap<>();
    Listing expected;
    try (Mount mount = NtfsDisks.mount(image)) {
      Path root = mount.root();
      compressedFolder(root.resolve("compressed"));
      expected = contents().writeTo(root);
      more.put("sparse.bin", sparse(root.resolve("sparse.bin")));
      more.put("grown.bin", grown(root.resolve("grown.bin")));
      linksAndStreams(root, expected, more);
      deleteSome(root);
    }
    Tool.run("ntfsfallocate", "-f", "-l", "300000", "-n", image.toString(), "grown.bin");
    return new MadeDisk(image, expected.and(more));
  }

  @Override
  protected int thrift() {
    return 2;
  }

  private static ContentSet contents() {
    ContentSet set = ContentSet.standard(4096).smallFiles("many", 2_000, 1_500);
    for (Pattern pattern : Pattern.values()) {
      set.file("compressed/" + pattern + ".bin", 1_000_003, pattern);
      set.file("compressed/small " + pattern + ".bin", 5_000, pattern);
      set.file("compressed/one unit " + pattern + ".bin", 65_536, pattern);
    }
    return set;
  }

  private static void compressedFolder(Path folder) throws Exception {
    Files.createDirectories(folder);
    Tool.run("setfattr", "-h", "-v", "0x00080000", "-n", "system.ntfs_attrib", folder.toString());
  }

  private static Listing.Row sparse(Path file) throws IOException {
    byte[] all = new byte[5_000_000];
    for (int at : new int[] {70_000, 2_500_000, 4_999_999}) {
      all[at] = 'x';
    }
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      for (int at : new int[] {70_000, 2_500_000, 4_999_999}) {
        out.seek(at);
        out.write('x');
      }
    }
    Files.setLastModifiedTime(file, FileTime.fromMillis(TIME * 1000));
    return Listing.row(all, TIME);
  }

  // Longer than what was ever written to it: the rest is zeros.
  private static Listing.Row grown(Path file) throws IOException {
    byte[] all = new byte[250_000];
    Arrays.fill(all, 0, 100_001, (byte) 'g');
    Files.write(file, Arrays.copyOf(all, 100_001));
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.setLength(all.length);
    }
    Files.setLastModifiedTime(file, FileTime.fromMillis(TIME * 1000));
    return Listing.row(all, TIME);
  }

  private static void linksAndStreams(Path root, Listing written, Map<String, Listing.Row> more)
      throws Exception {
    Path first = root.resolve("big/nine.bin");
    Files.createLink(root.resolve("hard link.bin"), first);
    Files.createLink(root.resolve("odd/another link.bin"), first);
    more.put("hard link.bin", written.files().get("big/nine.bin"));
    more.put("odd/another link.bin", written.files().get("big/nine.bin"));
    Files.createSymbolicLink(root.resolve("symbolic"), Path.of("big/nine.bin"));
    Files.createSymbolicLink(root.resolve("long symbolic"), Path.of("x/".repeat(500) + "y"));
    Tool.run("mkfifo", root.resolve("pipe").toString());
    Tool.run("rm", root.resolve("pipe").toString());
    Tool.run("mknod", root.resolve("device").toString(), "c", "1", "3");
    Path carrier = root.resolve("with streams.txt");
    Files.write(carrier, STREAM);
    Files.setLastModifiedTime(carrier, FileTime.fromMillis(TIME * 1000));
    more.put("with streams.txt", Listing.row(STREAM, TIME));
    setStream(carrier, "long", new String(STREAM, StandardCharsets.UTF_8));
    setStream(carrier, "короткий", "short");
    setStream(root.resolve("many"), "of a folder", "x");
    setStream(root, "of the root", "y");
  }

  private static void setStream(Path file, String name, String value) throws Exception {
    Tool.run("setfattr", "-n", "user." + name, "-v", value, file.toString());
    if (Files.isRegularFile(file)) {
      Files.setLastModifiedTime(file, FileTime.fromMillis(TIME * 1000));
    }
  }

  private static void deleteSome(Path root) throws Exception {
    new ContentSet(9).smallFiles("deleted", 50, 40_000).writeTo(root);
    Tool.run("rm", "-r", root.resolve("deleted").toString());
  }

  @Test
  void theVolumeIsNamedAsItsOwnToolsNameIt() throws Exception {
    Volume volume = tree().volume();
    assertThat(volume.format()).isEqualTo("NTFS");
    assertThat(volume.name()).contains("Größe 😀");
    assertThat(volume.state()).isEqualTo(Volume.State.CLEAN);
    assertThat(volume.blockSize()).isEqualTo(4096);
    Tool.require(getClass(), "blkid");
    String uuid =
        Tool.run("blkid", "-p", "-o", "value", "-s", "UUID", disk().image().toString()).strip();
    assertThat(volume.uuid()).isEqualTo(uuid);
  }

  @Test
  void hardLinksAreOneNodeWithSeveralNames() throws MediaException {
    Map<String, Node> files = TreeSnapshot.of(tree()).paths(Node.Kind.FILE);
    assertThat(files.get("hard link.bin"))
        .isEqualTo(files.get("big/nine.bin"))
        .isEqualTo(files.get("odd/another link.bin"));
  }

  @Test
  void linksAndDevicesAreNoFiles() throws MediaException {
    TreeSnapshot found = TreeSnapshot.of(tree());
    assertThat(found.paths(Node.Kind.LINK).keySet())
        .containsExactlyInAnyOrder("symbolic", "long symbolic");
    assertThat(found.paths(Node.Kind.SPECIAL).keySet()).containsExactly("device");
  }

  @Test
  void streamsStandBesideTheirFiles() throws MediaException {
    FileTree tree = tree();
    Map<String, Listing.Row> streams =
        TreeSnapshot.of(tree).listing(tree, image(), Node.Kind.STREAM).files();
    assertThat(streams.keySet())
        .containsExactlyInAnyOrder(
            "with streams.txt:long",
            "with streams.txt:короткий",
            "many:of a folder",
            ":of the root");
    assertThat(streams.get("with streams.txt:long")).isEqualTo(Listing.row(STREAM, TIME));
    assertThat(streams.get("with streams.txt:короткий").size()).isEqualTo(5);
  }

  @Test
  void compressedFilesAreReallyStoredCompressed() throws MediaException {
    Map<String, Node> files = TreeSnapshot.of(tree()).paths(Node.Kind.FILE);
    assertThat(files.get("compressed/TEXT.bin").form()).isEqualTo(Node.Form.ENCODED);
    assertThat(files.get("compressed/MIXED.bin").form()).isEqualTo(Node.Form.ENCODED);
    assertThat(tree().content(files.get("compressed/TEXT.bin").id()))
        .isInstanceOf(Content.Encoded.class);
  }

  @Test
  void nothingIsTakenFromTheMediumBehindWhatWasWritten() throws MediaException {
    Node grown = TreeSnapshot.of(tree()).paths(Node.Kind.FILE).get("grown.bin");
    Content.Extents extents = (Content.Extents) tree().content(grown.id());
    assertThat(extents.size()).isEqualTo(250_000);
    assertThat(extents.runs().getLast().logicalEnd()).isEqualTo(100_001);
  }

  @Test
  void allFilesComeInTheOrderOfTheirRecords() throws MediaException {
    TreeSnapshot found = TreeSnapshot.of(tree());
    List<Long> children =
        found.links().stream().map(Link::child).filter(id -> id < 1L << 48).toList();
    assertThat(children).isSorted().hasSizeGreaterThan(2_300);
  }

  @Test
  void aSecondOpinionListsTheSameNames() throws Exception {
    Tool.require(getClass(), "fls");
    TreeSet<String> theirs = new TreeSet<>();
    for (String line :
        Tool.run("fls", "-r", "-p", "-u", disk().image().toString()).lines().toList()) {
      String name = line.substring(line.indexOf('\t') + 1);
      // It shows streams as files, links as files, metafiles, and files that are long deleted.
      boolean meta = name.startsWith("$") || name.startsWith(".:");
      if (line.startsWith("r/r") && !meta && !name.contains(":")) {
        theirs.add(name);
      }
    }
    TreeSet<String> ours = new TreeSet<>();
    TreeSnapshot found = TreeSnapshot.of(tree());
    ours.addAll(found.paths(Node.Kind.FILE).keySet());
    ours.addAll(found.paths(Node.Kind.LINK).keySet());
    ours.addAll(found.paths(Node.Kind.SPECIAL).keySet());
    assertThat(ours).isEqualTo(theirs);
  }

  @Test
  void anImageThatIsCopiedWhileMountedHasEverythingThatWasSynced() throws Exception {
    Path folder = disk().image().getParent();
    Path image = Files.copy(disk().image(), folder.resolve("mounted.img"));
    Path copy = folder.resolve("copy.img");
    TreeMap<String, Listing.Row> expected = new TreeMap<>(disk().expected().files());
    try (Mount mount = NtfsDisks.mount(image)) {
      expected.putAll(
          new ContentSet(77).smallFiles("late", 200, 9_000).writeTo(mount.root()).files());
      Tool.run("sync");
      Tool.run("cp", image.toString(), copy.toString());
    }
    MadeDisk copied = new MadeDisk(copy, new Listing(expected));
    try (var source = copied.open()) {
      FileTree tree = Ntfs.open(source, Bounds.GENEROUS);
      assertThat(TreeSnapshot.of(tree).files(tree, source).files()).isEqualTo(expected);
    }
  }

  @Test
  void aReaderAtTheEndOfCompressedContentGetsItsLastBytes() throws MediaException {
    Node node = TreeSnapshot.of(tree()).paths(Node.Kind.FILE).get("compressed/MIXED.bin");
    ContentReader reader = new ContentReader(image(), tree().content(node.id()));
    ByteBuffer all = ByteBuffer.allocate((int) node.size());
    reader.read(0, all);
    ByteBuffer last = ByteBuffer.allocate(7);
    reader.read(node.size() - 7, last);
    assertThat(last.array())
        .isEqualTo(Arrays.copyOfRange(all.array(), all.capacity() - 7, all.capacity()));
  }
}
