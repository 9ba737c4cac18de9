package org.diskferry.media.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Random;
import org.diskferry.media.Bounds;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.media.block.FileSource;
import org.diskferry.media.block.linux.Devices;
import org.diskferry.media.crypt.NewVolume;
import org.diskferry.media.crypt.Program;
import org.diskferry.media.crypt.Stop;
import org.diskferry.media.crypt.Unlocking;
import org.diskferry.media.crypt.XtsDevice;
import org.diskferry.media.fs.ContentReader;
import org.diskferry.media.testing.Tool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Encryption between partition and file system, wherever a customer may have put it. The volumes
/// are ours; that they are what the programs make is `NewVolumeTest`'s to hold.
class EncryptedStackTest {
  private static final int KIB = 1 << 10;
  private static final String PASSWORD = "open sesame";

  @TempDir private Path folder;
  private byte[] secret = {};

  @BeforeEach
  void needsTools() {
    Tool.require(EncryptedStackTest.class, "mke2fs", "debugfs", "sfdisk");
    secret = new byte[100_000];
    new Random(9).nextBytes(secret);
  }

  /// An ext4 file system with `hello.txt`, encrypted, of `kib` KiB in all.
  private Path volume(int kib) throws Exception {
    Path tree = Files.createDirectories(folder.resolve("tree"));
    Files.write(tree.resolve("hello.txt"), secret);
    Path plain = grow(folder.resolve("plain"), kib - 256);
    Tool.run("mke2fs", "-q", "-t", "ext4", "-d", tree.toString(), plain.toString());
    Path volume = grow(folder.resolve("volume"), kib);
    try (BlockDevice device = Devices.openExclusively(volume);
        XtsDevice data =
            NewVolume.of(Program.TRUECRYPT, new SecureRandom())
                .create(device, PASSWORD.getBytes(UTF_8))) {
      data.write(0, ByteBuffer.wrap(Files.readAllBytes(plain)));
      data.force();
    }
    return volume;
  }

  private static Path grow(Path file, int kib) throws IOException {
    Files.deleteIfExists(file);
    try (RandomAccessFile image = new RandomAccessFile(file.toFile(), "rw")) {
      image.setLength((long) kib * KIB);
    }
    return file;
  }

  // With PIM 1 a wrong password does not take minutes; TrueCrypt knows no PIM.
  private static Unlocking unlocking(String password) {
    return Unlocking.with(password.getBytes(UTF_8), 1, Stop.NEVER);
  }

  private void assertHolds(DataVolume volume) throws Exception {
    long id = RootFiles.of(volume.tree(), name -> name.equals("hello.txt")).getFirst().id();
    byte[] content = new byte[secret.length];
    new ContentReader(volume.bytes(), volume.tree().content(id)).read(0, ByteBuffer.wrap(content));
    assertThat(content).isEqualTo(secret);
  }

  @Test
  void aWholeDeviceOpensByItsPasswordAndStaysUnknownWithout() throws Exception {
    try (FileSource source = FileSource.open(volume(2048));
        Unlocking unlocking = unlocking(PASSWORD)) {
      assertThat(DeviceStack.open(source, Bounds.TIGHT).contents())
          .isEqualTo(new Contents.Unknown(false));

      DeviceStack stack = DeviceStack.open(source, Bounds.TIGHT, new Hints(unlocking, ""));

      assertThat(stack.contents()).isInstanceOf(Contents.Encrypted.class);
      assertThat(stack.unread()).isEmpty();
      assertThat(stack.volumes()).singleElement().satisfies(this::assertHolds);
    }
  }

  @Test
  void aPartitionOpensAndKeepsItsNumber() throws Exception {
    Path disk = grow(folder.resolve("disk"), 8192);
    Path script = Files.writeString(folder.resolve("script"), "label: dos\nstart=2048, type=7\n");
    Tool.run("sh", "-c", "sfdisk --quiet " + disk + " < " + script);
    try (RandomAccessFile image = new RandomAccessFile(disk.toFile(), "rw")) {
      image.seek(2048 * 512);
      image.write(Files.readAllBytes(volume(7168)));
    }

    try (FileSource source = FileSource.open(disk);
        Unlocking unlocking = unlocking(PASSWORD)) {
      DeviceStack stack = DeviceStack.open(source, Bounds.TIGHT, new Hints(unlocking, ""));

      assertThat(stack.volumes())
          .singleElement()
          .satisfies(volume -> {
            assertThat(volume.number()).isEqualTo(1);
            assertThat(volume.start()).isEqualTo(2048 * 512 + (128 << 10));
            assertHolds(volume);
          });
    }
  }

  @Test
  void aContainerInPiecesOpensWithWhatLiesBesideIt() throws Exception {
    Path container = volume(1024);
    Path disk = grow(folder.resolve("disk"), 4096);
    Tool.run("mke2fs", "-q", "-t", "ext2", "-b", "1024", "-O", "^resize_inode", disk.toString());
    Path note = Files.writeString(folder.resolve("note"), "beside");
    // Every second block is taken first, so that nothing long is left in one piece.
    fragment(disk);
    debugfs(disk, "write " + container + " ABCDE.tc", "write " + note + " note.txt");

    try (FileSource source = FileSource.open(disk);
        Unlocking unlocking = unlocking(PASSWORD)) {
      DeviceStack stack = DeviceStack.open(source, Bounds.TIGHT, new Hints(unlocking, "abcde.TC"));

      assertThat(stack.contents())
          .isInstanceOfSatisfying(
              Contents.Container.class, c -> assertThat(c.name()).isEqualTo("ABCDE.tc"));
      assertThat(stack.unread()).isEmpty();
      assertThat(stack.volumes()).extracting(DataVolume::beside).containsExactly(false, true);
      assertHolds(stack.volumes().getFirst());
      assertThat(RootFiles.of(stack.volumes().get(1).tree(), name -> name.endsWith("t")))
          .extracting(RootFiles.Named::name)
          .contains("note.txt");
    }
    try (FileSource source = FileSource.open(disk)) {
      DeviceStack locked = DeviceStack.open(source, Bounds.TIGHT, new Hints(null, "ABCDE.tc"));
      assertThat(locked.unread())
          .containsExactly("ABCDE.tc holds nothing that is known: damaged, foreign, or encrypted");
    }
  }

  private static void debugfs(Path disk, String... commands) throws Exception {
    Path script = Files.write(disk.resolveSibling("commands"), java.util.List.of(commands));
    Tool.run("debugfs", "-w", "-f", script.toString(), disk.toString());
  }

  private void fragment(Path disk) throws Exception {
    Path block = Files.write(folder.resolve("block"), new byte[] {1});
    java.util.List<String> commands = new java.util.ArrayList<>();
    for (int i = 0; i < 64; i++) {
      commands.add("write " + block + " b" + i);
    }
    for (int i = 0; i < 64; i += 2) {
      commands.add("rm b" + i);
    }
    debugfs(disk, commands.toArray(String[]::new));
  }

  @Test
  void aWrongPasswordIsALayerThatSaysSo() throws Exception {
    try (FileSource source = FileSource.open(volume(512));
        Unlocking unlocking = unlocking("wrong")) {
      DeviceStack stack = DeviceStack.open(source, Bounds.TIGHT, new Hints(unlocking, ""));

      assertThat(stack.contents()).isEqualTo(new Contents.Unknown(true));
      assertThat(stack.unread())
          .containsExactly(
              "the device holds nothing that is known, and the password does not open it");
    }
  }

  // What Windows does to a disk without a table when it is asked to initialise it.
  @Test
  void aDeviceWhoseHeaderAnEmptyPartitionTableHasReplacedOpensByTheCopy() throws Exception {
    Path volume = volume(2048);
    Path script = Files.writeString(folder.resolve("script"), "label: dos\n");
    Tool.run("sh", "-c", "sfdisk --quiet --wipe never " + volume + " < " + script);
    try (RandomAccessFile image = new RandomAccessFile(volume.toFile(), "rw")) {
      image.write(new byte[440]);
    }

    try (FileSource source = FileSource.open(volume);
        Unlocking unlocking = unlocking(PASSWORD)) {
      DeviceStack stack = DeviceStack.open(source, Bounds.TIGHT, new Hints(unlocking, ""));

      assertThat(stack.volumes()).singleElement().satisfies(this::assertHolds);
    }
  }
}
