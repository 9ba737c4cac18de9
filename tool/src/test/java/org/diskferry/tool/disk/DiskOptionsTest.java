package org.diskferry.tool.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diskferry.media.Bounds;
import org.diskferry.media.block.FileSource;
import org.diskferry.media.crypt.Program;
import org.diskferry.media.fs.Content;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.ext.Ext;
import org.diskferry.media.stack.RootFiles;
import org.diskferry.media.testing.EncryptedImage;
import org.diskferry.media.testing.FaultyBlockSource;
import org.diskferry.media.testing.Mount;
import org.diskferry.media.testing.Tool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// The options of `disk show` and `disk list`, what they say of disks with something wrong, and how
/// they end.
class DiskOptionsTest {
  private static final String PASSWORD = "pässwörd, 'n' all";
  private static final int SECTOR = 512;

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void needsTools() {
    Tool.require(DiskOptionsTest.class, "mke2fs");
  }

  private static void grow(Path image, long size) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(size);
    }
  }

  private Path tree() throws IOException {
    Path tree = Files.createTempDirectory(folder, "tree");
    Files.writeString(tree.resolve("inside.txt"), "inside");
    return tree;
  }

  private Path ext(Path tree, int kib, String... options) throws Exception {
    Path image = Files.createTempFile(folder, "disk", ".img");
    grow(image, kib * 1024L);
    List<String> command = new ArrayList<>(List.of("mke2fs", "-q", "-F"));
    command.addAll(List.of(options));
    command.addAll(List.of("-d", tree.toString(), image.toString()));
    Tool.run(command);
    return image;
  }

  private Path encrypted(Program program) throws Exception {
    Path volume = Files.createTempFile(folder, "volume", ".img");
    return EncryptedImage.make(ext(tree(), 512), volume, program, PASSWORD);
  }

  private Path holding(String container) throws Exception {
    Path tree = Files.createTempDirectory(folder, "outer");
    Files.writeString(tree.resolve("beside.txt"), "beside");
    Files.copy(encrypted(Program.TRUECRYPT), tree.resolve(container));
    return ext(tree, 4096);
  }

  private String password(String line) throws IOException {
    return Files.writeString(folder.resolve("pw.txt"), line).toString();
  }

  private int run(String verb, Path disk, String... options) {
    return run(new CommandLine(new DiskCommand()), verb, disk, options);
  }

  private int run(CommandLine line, String verb, Path disk, String... options) {
    String[] args = Arrays.copyOf(options, options.length + 2);
    System.arraycopy(options, 0, args, 2, options.length);
    args[0] = verb;
    args[1] = disk.toString();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(args);
  }

  private JsonNode json() {
    return new ObjectMapper().readTree(out.toString());
  }

  @Test
  void anEncryptedDiskIsShownAndListedByThePasswordInAFile() throws Exception {
    Path disk = encrypted(Program.TRUECRYPT);

    assertThat(run("show", disk, "--password-file", password(PASSWORD + "\r\nmore"))).isZero();

    assertThat(out.toString())
        .contains("└─ TrueCrypt volume, AES, RIPEMD-160, 512 KiB from byte 131072")
        .contains("└─ ext2")
        .contains("1 files, 6 bytes");

    assertThat(run("list", disk, "--password-file", password(PASSWORD), "--md5")).isZero();
    assertThat(out.toString()).contains("inside.txt\t6\t335cf4508dd597be4bfc9caa3e08b901");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aDiskOfVeraCryptWithoutAPimOpens() throws Exception {
    Path disk = encrypted(Program.VERACRYPT);

    assertThat(run("show", disk, "--json", "--password-file", password(PASSWORD))).isZero();

    JsonNode contents = json().path("contents");
    assertThat(contents.path("kind").asString()).isEqualTo("encrypted");
    assertThat(contents.path("program").asString()).isEqualTo("VeraCrypt");
    assertThat(contents.path("cipher").asString()).isEqualTo("AES");
    assertThat(contents.path("hash").asString()).isEqualTo("SHA-512");
    assertThat(contents.path("contents").path("format").asString()).isEqualTo("ext2");
    assertThat(contents.path("contents").path("files").asLong()).isEqualTo(1);
    assertThat(json().path("unread").isEmpty()).isTrue();
  }

  // With another PIM the password is another one, and is found out sooner.
  @Test
  void aWrongPasswordIsSaidAndTheListEndsWithOne() throws Exception {
    Path disk = encrypted(Program.VERACRYPT);
    String file = password(PASSWORD);

    assertThat(run("show", disk, "--password-file", file, "--pim", "1")).isZero();
    assertThat(out.toString())
        .contains("└─ nothing that is known, and the password does not open it");

    assertThat(run("list", disk, "--password-file", file, "--pim", "1")).isEqualTo(1);
    assertThat(err.toString())
        .contains("no file system that can be read")
        .contains("the password does not open it")
        .doesNotContain(PASSWORD);
  }

  @Test
  void withoutAPasswordAnEncryptedDiskIsUnknown() throws Exception {
    assertThat(run("show", encrypted(Program.TRUECRYPT), "--json")).isZero();

    assertThat(json().path("contents").path("kind").asString()).isEqualTo("unknown");
    assertThat(json().path("contents").path("passwordRefused").asBoolean()).isFalse();
    assertThat(json().path("unread").size()).isEqualTo(1);
  }

  @Test
  void aContainerIsLookedIntoByItsNameWhateverItsCase() throws Exception {
    Path disk = holding("ksvdj.tc");
    String[] options = {"--password-file", password(PASSWORD), "--container", "KSVDJ.tc"};

    assertThat(run("show", disk, options)).isZero();
    assertThat(out.toString())
        .contains("└─ container ksvdj.tc")
        .contains("└─ TrueCrypt volume")
        .contains("1 files, 6 bytes");
    out.getBuffer().setLength(0);

    assertThat(run("list", disk, options)).isZero();
    assertThat(out.toString()).startsWith("inside.txt\t6\t").hasLineCount(1);
  }

  @Test
  void aContainerThatIsNotThereIsSaidAndTheListEndsWithOne() throws Exception {
    Path disk = ext(tree(), 512);

    assertThat(run("show", disk, "--container", "KSVDJ.tc")).isZero();
    assertThat(out.toString()).contains("! there is no container KSVDJ.tc at the top of the disk");

    assertThat(run("list", disk, "--container", "KSVDJ.tc")).isEqualTo(1);
    assertThat(err.toString()).contains("there is no container KSVDJ.tc");
  }

  @Test
  void aPasswordFileThatIsEmptyMissingOrTooLongEndsWithOne() throws Exception {
    Path disk = ext(tree(), 512);
    CommandLine line = org.diskferry.tool.Tool.withVerbs(new CommandLine(new Top()));
    line.setErr(new PrintWriter(err, true));

    for (String text : List.of("", "\nsecond line", "x".repeat(129))) {
      String file = password(text);
      assertThat(line.execute("disk", "list", disk.toString(), "--password-file", file))
          .isEqualTo(1);
    }
    assertThat(line.execute("disk", "list", disk.toString(), "--password-file", "/no/such"))
        .isEqualTo(1);
    assertThat(err.toString().lines())
        .satisfiesExactly(
            one -> assertThat(one).endsWith("its first line has no password"),
            one -> assertThat(one).endsWith("its first line has no password"),
            one -> assertThat(one).endsWith("its first line has more than 128 bytes"),
            one -> assertThat(one).isEqualTo("diskferry: /no/such: there is no such file"));
  }

  @Test
  void aPimThatCannotBeEndsWithTwo() throws Exception {
    Path disk = ext(tree(), 512);

    assertThat(run("list", disk, "--pim", "-1")).isEqualTo(2);
    assertThat(run("list", disk, "--pim", "2147469")).isEqualTo(2);
    assertThat(run("list", disk, "--pim", "many")).isEqualTo(2);
    assertThat(run("show", disk, "--format", "tsv")).isEqualTo(2);
  }

  @Test
  void shortNamesOfAFatDiskAreReadInTheCodePageThatIsSaid() throws Exception {
    Tool.require(DiskOptionsTest.class, "mkfs.fat", "mcopy");
    Path file = Files.writeString(folder.resolve("OPEL.TXT"), "a name of DOS");
    Path disk = folder.resolve("fat.img");
    grow(disk, 1440 << 10);
    Tool.run("mkfs.fat", disk.toString());
    Tool.run("mcopy", "-i", disk.toString(), file.toString(), "::");
    byte[] bytes = Files.readAllBytes(disk);
    bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf("OPEL    TXT")] = (byte) 0x9D;
    Files.write(disk, bytes);

    assertThat(run("list", disk)).isZero();
    assertThat(run("list", disk, "--code-page", "850")).isZero();
    assertThat(out.toString().lines())
        .satisfiesExactly(
            one -> assertThat(one).startsWith("¥PEL.TXT\t"),
            one -> assertThat(one).startsWith("ØPEL.TXT\t"));

    assertThat(run("list", disk, "--code-page", "1")).isEqualTo(2);
    assertThat(err.toString()).contains("--code-page: possible values: 437, 737");
  }

  @Test
  void aDiskThatIsNotSupportedIsNamedWithWhatToDoAndTheListEndsWithOne() throws Exception {
    Tool.require(DiskOptionsTest.class, "mkfs.btrfs");
    Path disk = folder.resolve("btrfs.img");
    grow(disk, 128 << 20);
    Tool.run("mkfs.btrfs", "-q", disk.toString());

    assertThat(run("show", disk)).isZero();
    assertThat(out.toString())
        .contains("└─ btrfs, not supported")
        .contains("advice  copy the files");
    out.getBuffer().setLength(0);

    assertThat(run("show", disk, "--json")).isZero();
    assertThat(json().path("contents").path("kind").asString()).isEqualTo("unsupported");
    assertThat(json().path("contents").path("name").asString()).isEqualTo("btrfs");

    assertThat(run("list", disk)).isEqualTo(1);
    assertThat(err.toString()).contains("holds btrfs, which is not supported: copy the files");
  }

  @Test
  void aSleepingWindowsIsSeenAndItsFilesAreListed() throws Exception {
    Tool.requireToMount(DiskOptionsTest.class, "mkntfs", "ntfs-3g");
    Path disk = folder.resolve("windows.img");
    grow(disk, 16 << 20);
    Tool.run("mkntfs", "-Q", "-F", "-q", disk.toString());
    try (Mount mount = Mount.fuse(disk, folder.resolve("mnt"), "ntfs-3g", "-o", "no_detach")) {
      Files.write(
          mount.root().resolve("hiberfil.sys"), Arrays.copyOf("hibr".getBytes(UTF_8), 8192));
      Files.writeString(mount.root().resolve("a.txt"), "a");
    }

    assertThat(run("show", disk)).isZero();
    assertThat(out.toString()).contains("state   left by a sleeping system");

    assertThat(run("list", disk)).isZero();
    assertThat(out.toString()).contains("a.txt\t1\t");
  }

  @Test
  void aJournalThatIsPendingIsReplayedInMemoryAndSaid() throws Exception {
    Tool.requireToMount(DiskOptionsTest.class, "mke2fs");
    Path disk = ext(tree(), 16 << 10, "-t", "ext4");
    Path pulled = folder.resolve("pulled.img");
    try (Mount mount = Mount.loop(disk, folder.resolve("mnt"), "noatime")) {
      Path late = Files.writeString(mount.root().resolve("late.txt"), "late");
      Tool.run("sync", late.toString());
      Tool.run("cp", disk.toString(), pulled.toString());
    }
    byte[] before = Files.readAllBytes(pulled);

    assertThat(run("show", pulled, "--json")).isZero();
    assertThat(json().path("contents").path("state").asString()).isEqualTo("REPLAYED");

    assertThat(run("list", pulled)).isZero();
    assertThat(out.toString()).contains("late.txt\t4\t");
    assertThat(Files.readAllBytes(pulled)).isEqualTo(before);
  }

  @Test
  void aBadSectorInAFileCostsThatFileAloneAndIsNamed() throws Exception {
    Path tree = tree();
    byte[] content = new byte[64 << 10];
    Arrays.fill(content, (byte) 1);
    Files.write(tree.resolve("hurt.bin"), content);
    Path disk = ext(tree, 1024);
    long bad = firstByteOf("hurt.bin", disk) + 9 * SECTOR;

    CommandLine list = new CommandLine(new DiskList(failing(bad)));
    list.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    assertThat(list.execute(disk.toString(), "--md5")).isEqualTo(1);

    assertThat(out.toString()).contains("inside.txt\t6\t335cf450").doesNotContain("hurt.bin");
    assertThat(err.toString()).contains("hurt.bin: sector " + bad / SECTOR + ": unreadable");
  }

  @Test
  void aBadSectorInMetadataIsNamedAndTheRestIsShown() throws Exception {
    Tool.requireToMount(DiskOptionsTest.class, "mkntfs", "ntfs-3g");
    Path disk = folder.resolve("ntfs.img");
    grow(disk, 16 << 20);
    Tool.run("mkntfs", "-Q", "-F", "-q", disk.toString());
    try (Mount mount = Mount.fuse(disk, folder.resolve("mnt"), "ntfs-3g", "-o", "no_detach")) {
      for (int i = 0; i < 200; i++) {
        Files.writeString(mount.root().resolve("file" + i), "content");
      }
    }
    // Record 100 of the master file table, whose first cluster the boot sector names.
    long table;
    try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "r")) {
      file.seek(48);
      table = Long.reverseBytes(file.readLong()) * 4096;
    }
    long bad = table + 100 * 1024L;

    CommandLine show = new CommandLine(new DiskShow(failing(bad)));
    show.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    assertThat(show.execute(disk.toString())).isZero();

    assertThat(out.toString())
        .contains("└─ NTFS")
        .contains("1 places damaged")
        .contains("! 1 sectors could not be read: " + bad / SECTOR);

    CommandLine list = new CommandLine(new DiskList(failing(bad)));
    list.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    assertThat(list.execute(disk.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("sector " + bad / SECTOR + ": unreadable");
  }

  private static Opening failing(long at) {
    return path -> new FaultyBlockSource(FileSource.open(path)).failAt(at, SECTOR);
  }

  private static long firstByteOf(String name, Path disk) throws Exception {
    try (FileSource source = FileSource.open(disk)) {
      FileTree tree = Ext.open(source, Bounds.TIGHT);
      long id = RootFiles.of(tree, name::equals).getFirst().id();
      if (tree.content(id) instanceof Content.Extents extents) {
        return extents.runs().getFirst().physical();
      }
      throw new AssertionError("no extents: " + tree.content(id));
    }
  }

  @CommandLine.Command(name = "top")
  static final class Top {}
}
