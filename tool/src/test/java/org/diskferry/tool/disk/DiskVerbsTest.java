package org.diskferry.tool.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.diskferry.media.testing.ContentSet;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.Mount;
import org.diskferry.media.testing.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The desk checks, on disks of the real tools.
class DiskVerbsTest {
  private static final long SIZE = 64 << 20;

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void everyFileOfADiskIsListedWithItsSizeDigestAndTime() throws Exception {
    Path image = folder.resolve("disk.img");
    Listing expected = makeNtfs(image);

    assertThat(run("disk", "list", image.toString(), "--md5")).isZero();

    Path tsv = Files.writeString(folder.resolve("out.tsv"), out.toString());
    assertThat(Listing.ofTsv(tsv)).isEqualTo(expected);
    assertThat(out.toString().lines().toList()).isEqualTo(sortedAsTree(out.toString()));
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void jsonHasOneObjectALineAndTheSamePaths() throws Exception {
    Path image = folder.resolve("disk.img");
    Listing expected = makeNtfs(image);

    assertThat(run("disk", "list", image.toString(), "--format", "json")).isZero();

    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(expected.files().size());
    assertThat(lines).allSatisfy(line -> assertThat(line).startsWith("{\"path\":\"").endsWith("}"));
  }

  @Test
  void showNamesTheFileSystemAndCountsItsFiles() throws Exception {
    Path image = folder.resolve("disk.img");
    Listing expected = makeNtfs(image);

    assertThat(run("disk", "show", image.toString())).isZero();

    assertThat(out.toString())
        .contains("NTFS “Archive”")
        .contains(expected.files().size() + " files");
  }

  @Test
  void aDiskWithoutAFileSystemEndsWithOneAndSaysWhy() throws Exception {
    Path image = Files.write(folder.resolve("empty.img"), new byte[1 << 20]);

    assertThat(run("disk", "list", image.toString())).isEqualTo(1);

    assertThat(err.toString()).contains("empty.img: no file system that can be read");
  }

  @Test
  void aMissingDeviceIsOneLineAndNoTrace() {
    assertThat(run("disk", "show", folder.resolve("nothing").toString())).isEqualTo(1);

    assertThat(err.toString().lines()).singleElement().asString().endsWith("there is no such file");
  }

  @Test
  void aWrongCommandLineEndsWithTwo() {
    assertThat(run("disk", "list")).isEqualTo(2);

    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains("DEVICE")
        .endsWith("see top disk list --help");
  }

  @Test
  void aVerbThatNobodyKnowsIsOneLineWithTheNearestOne() {
    assertThat(run("disk", "lst")).isEqualTo(2);

    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains("lst")
        .contains("did you mean list?");
  }

  private Listing makeNtfs(Path image) throws Exception {
    Tool.requireToMount(DiskVerbsTest.class, "mkntfs", "ntfs-3g");
    try (var file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(SIZE);
    }
    Tool.run("mkntfs", "-Q", "-F", "-q", "-L", "Archive", image.toString());
    Path root = Files.createDirectory(folder.resolve("mnt"));
    try (Mount mount = Mount.fuse(image, root, "ntfs-3g", "-o", "no_detach")) {
      return ContentSet.standard(3).writeTo(mount.root());
    }
  }

  // A folder's content stands where its name stands: paths in order of their parts.
  private static List<String> sortedAsTree(String text) {
    return text.lines()
        .sorted(Comparator.comparing(DiskVerbsTest::parts, Arrays::compareUnsigned))
        .toList();
  }

  private static byte[] parts(String line) {
    return line.substring(0, line.indexOf('\t'))
        .replace('/', '\0')
        .getBytes(StandardCharsets.UTF_8);
  }

  private int run(String... args) {
    CommandLine line = org.diskferry.tool.Tool.withVerbs(new CommandLine(new Top()));
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(args);
  }

  @CommandLine.Command(name = "top")
  static final class Top {}
}
