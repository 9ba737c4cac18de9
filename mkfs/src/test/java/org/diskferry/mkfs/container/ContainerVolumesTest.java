package org.diskferry.mkfs.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.diskferry.mkfs.container.ContainerDisk.NAME;
import static org.diskferry.mkfs.container.ContainerDisk.PASSWORD;
import static org.diskferry.mkfs.container.ContainerDisk.bytes;
import static org.diskferry.mkfs.container.ContainerDisk.containers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.media.crypt.Program;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.Mount;
import org.diskferry.media.testing.NotRun;
import org.diskferry.media.testing.Tool;
import org.diskferry.mkfs.FileSystem;
import org.diskferry.mkfs.MkfsException;
import org.diskferry.mkfs.container.ContainerVolumes.Noise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What we make, opened by cryptsetup and tcplay, decrypted by another library, and read by the
/// kernel and by ntfs-3g.
class ContainerVolumesTest {
  private static final long SIZE = 40L << 20;
  private static final Pattern MASTER_KEY = Pattern.compile("MK dump:\\s*((?:[0-9a-f]{2}\\s+)+)");

  /// The system's, for which the library is packaged.
  private static final String PYTHON = "/usr/bin/python3";

  @TempDir private Path work;

  @ParameterizedTest
  @CsvSource({
    "EXT4, TRUECRYPT, RANDOM", "EXT4, VERACRYPT, LEFT",
    "NTFS, TRUECRYPT, LEFT", "NTFS, VERACRYPT, RANDOM"
  })
  void otherProgramsOpenItAndFindTheSameFiles(FileSystem fileSystem, Program program, Noise noise)
      throws Exception {
    requireTools();
    ContainerDisk disk = filled(fileSystem, program, noise);
    Listing expected = new Listing(new TreeMap<>(disk.expected));

    assertThat(disk.read().files()).isEqualTo(expected.files());
    Path container = work.resolve("container");
    Path partition = disk.partitionFile();
    check(fileSystem, partition);
    try (Mount outer = mount(fileSystem, partition, work.resolve("outer"))) {
      assertThat(Listing.ofDirectory(outer.root()).files().keySet()).containsExactly(NAME);
      Files.copy(outer.root().resolve(NAME), container);
    }
    Path plain = decrypt(container, program);
    check(fileSystem, plain);
    try (Mount inner = mount(fileSystem, plain, work.resolve("inner"))) {
      assertThat(Listing.ofDirectory(inner.root()).files()).isEqualTo(expected.files());
    }
    assertNoise(disk.container(), noise);
  }

  private static void requireTools() {
    Tool.requireToMount(
        ContainerVolumesTest.class,
        "mkntfs",
        "ntfsfix",
        "ntfs-3g",
        "fusermount3",
        "mke2fs",
        "e2fsck",
        "losetup",
        "cryptsetup",
        "tcplay",
        "python3");
    NotRun.unless(
        Files.isExecutable(Path.of(PYTHON))
            && Files.isDirectory(Path.of("/usr/lib/python3/dist-packages/cryptography")),
        ContainerVolumesTest.class,
        "containers decrypted by another library",
        "python3-cryptography");
  }

  private ContainerDisk filled(FileSystem fileSystem, Program program, Noise noise)
      throws Exception {
    ContainerDisk disk = ContainerDisk.of(work, fileSystem, SIZE);
    try (BlockDevice device = disk.open();
        ContainerVolumes containers = containers(program, noise);
        ContainerWriter writer =
            containers.make(disk.partition(device), disk.volume(), disk.folder)) {
      for (int i = 0; i < 40; i++) {
        disk.put(writer, "files/" + i, bytes(i * i * 300 + i));
      }
      disk.put(writer, "a", bytes(10));
    }
    return disk;
  }

  private static void check(FileSystem fileSystem, Path volume) throws Exception {
    switch (fileSystem) {
      case NTFS -> Tool.run("ntfsfix", "-n", volume.toString());
      case EXT4 -> Tool.run("e2fsck", "-fn", volume.toString());
    }
  }

  private static Mount mount(FileSystem fileSystem, Path volume, Path root) throws Exception {
    return switch (fileSystem) {
      case NTFS -> Mount.fuse(volume, root, "ntfs-3g", "-o", "ro,no_detach");
      case EXT4 -> Mount.loop(volume, root, "ro,noload");
    };
  }

  private Path decrypt(Path container, Program program) throws Exception {
    List<String> command = new ArrayList<>(List.of(PYTHON));
    command.add(resource("/container/decrypt.py").toString());
    Path plain = work.resolve("plain");
    command.addAll(List.of(container.toString(), plain.toString()));
    command.addAll(
        switch (program) {
          case TRUECRYPT -> List.of("key", keyOfCryptsetup(container));
          case VERACRYPT -> List.of("password", PASSWORD);
        });
    Tool.run(command);
    return plain;
  }

  private String keyOfCryptsetup(Path container) throws Exception {
    assertThat(tcplay(container)).contains("RIPEMD160", "AES-256-XTS");
    Path key = Files.writeString(work.resolve("password"), PASSWORD);
    String dump =
        Tool.run(
            "sh",
            "-c",
            "cryptsetup tcryptDump --batch-mode --dump-master-key \"$0\" - < \"$1\"",
            container.toString(),
            key.toString());
    Matcher found = MASTER_KEY.matcher(dump);
    assertThat(found.find()).as(dump).isTrue();
    return found.group(1).replaceAll("\\s", "");
  }

  private String tcplay(Path container) throws Exception {
    Path script = resource("/crypt/tcplay.py");
    String loop = Tool.run("losetup", "-f", "--show", container.toString()).strip();
    try {
      return Tool.run("python3", script.toString(), PASSWORD, "-i", "-d", loop);
    } finally {
      Tool.run("losetup", "-d", loop);
    }
  }

  private Path resource(String name) throws IOException {
    try (var in = ContainerVolumesTest.class.getResourceAsStream(name)) {
      Path file = work.resolve(name.substring(name.lastIndexOf('/') + 1));
      return Files.write(file, Objects.requireNonNull(in, name).readAllBytes());
    }
  }

  // Of the whole container, used or not.
  private static void assertNoise(byte[] container, Noise noise) {
    int block = 64 << 10;
    int left = 0;
    for (int at = 0; at < container.length; at += block) {
      left += isPattern(container, at, block) ? 1 : 0;
      if (noise == Noise.RANDOM) {
        assertThat(chiSquare(container, at, block)).as("byte %d", at).isBetween(100.0, 480.0);
      }
    }
    switch (noise) {
      case RANDOM -> assertThat(left).isZero();
      case LEFT -> assertThat(left).isGreaterThan(container.length / block / 4);
    }
  }

  private static boolean isPattern(byte[] bytes, int from, int length) {
    return bytes[from] == ContainerDisk.PATTERN
        && Arrays.equals(bytes, from, from + length - 1, bytes, from + 1, from + length);
  }

  /// Of random bytes 255 are to be expected, give or take 23: the bounds are ten times that.
  private static double chiSquare(byte[] bytes, int from, int length) {
    int[] counts = new int[256];
    for (int i = from; i < from + length; i++) {
      counts[Byte.toUnsignedInt(bytes[i])]++;
    }
    double expected = length / 256.0;
    double sum = 0;
    for (int count : counts) {
      sum += (count - expected) * (count - expected) / expected;
    }
    return sum;
  }

  @ParameterizedTest
  @EnumSource(FileSystem.class)
  void theContainerTakesAllOfTheVolume(FileSystem fileSystem) throws Exception {
    ContainerDisk disk = ContainerDisk.of(work, fileSystem, SIZE);
    long taken;
    try (BlockDevice device = disk.open();
        ContainerVolumes containers = containers(Program.TRUECRYPT, Noise.LEFT);
        ContainerWriter writer =
            containers.make(disk.partition(device), disk.volume(), disk.folder)) {
      taken = writer.inside().size();
    }

    // 2 MiB are the partition's ends, 4 the journal's.
    assertThat(taken).isGreaterThan(SIZE - (8L << 20));
  }

  @Test
  void whatWasWrittenIsReadBackBeforeItIsClosedAndNotAfterwards() throws Exception {
    ContainerDisk disk = ContainerDisk.of(work, FileSystem.EXT4, SIZE);
    try (BlockDevice device = disk.open();
        ContainerVolumes containers = containers(Program.TRUECRYPT, Noise.LEFT)) {
      ContainerWriter writer = containers.make(disk.partition(device), disk.volume(), disk.folder);
      disk.put(writer, "a", bytes(100_000));
      writer.checkpoint();
      BlockDevice inside = writer.inside();
      ByteBuffer superblock = ByteBuffer.allocate(1024);
      inside.read(1024, superblock);
      assertThat(superblock.getShort(56)).isEqualTo((short) 0x53EF);
      writer.close();
      assertThatThrownBy(() -> inside.read(0, ByteBuffer.allocate(512)))
          .isInstanceOf(MediaException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(FileSystem.class)
  void aDeviceOfAFewMebibytesIsTooSmall(FileSystem fileSystem) throws Exception {
    ContainerDisk disk = ContainerDisk.of(work, fileSystem, 4L << 20);
    try (BlockDevice device = disk.open();
        ContainerVolumes containers = containers(Program.TRUECRYPT, Noise.RANDOM)) {
      BlockDevice small =
          org.diskferry.media.block.ExtentsDevice.slice(disk.partition(device), 0, 1 << 20);
      assertThatThrownBy(() -> containers.make(small, disk.volume(), disk.folder))
          .isInstanceOfSatisfying(
              MkfsException.class,
              e -> assertThat(e.trouble()).isEqualTo(MkfsException.Trouble.TOO_SMALL));
    }
  }

  @Test
  void aPasswordThatTheProgramDoesNotTakeIsTheCallersMistake() {
    for (int length : new int[] {0, 65}) {
      assertThatThrownBy(() ->
              new ContainerVolumes(
                  new org.diskferry.mkfs.child.ChildVolumes(),
                  Program.TRUECRYPT,
                  new byte[length],
                  NAME,
                  Noise.LEFT,
                  new java.security.SecureRandom(),
                  ContainerVolumes.Watch.NONE))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
