package org.diskferry.media.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.diskferry.media.Bounds;
import org.diskferry.media.block.FileSource;
import org.diskferry.media.testing.MemorySource;
import org.diskferry.media.testing.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is not supported is called by its name, with what the customer can do. Images are made by
/// the real tools wherever Debian has one; ReFS, Storage Spaces, dynamic disks, BitLocker,
/// CoreStorage and boot loaders are records by hand, after what is published of the formats, since
/// only their own systems make them.
class SignatureTest {
  private static final int MIB = 1 << 20;

  @TempDir private Path folder;

  private Path image(int mebibytes) throws IOException {
    Path image = folder.resolve("disk.img");
    Files.deleteIfExists(image);
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength((long) mebibytes * MIB);
    }
    return image;
  }

  private static Contents contents(Path image) throws Exception {
    try (FileSource source = FileSource.open(image)) {
      return DeviceStack.open(source, Bounds.TIGHT).contents();
    }
  }

  private static Contents contents(byte[] disk) throws Exception {
    return DeviceStack.open(new MemorySource(disk), Bounds.TIGHT).contents();
  }

  private static void assertNamed(Contents contents, String name, String advice) {
    assertThat(contents).isInstanceOf(Contents.Unsupported.class);
    Contents.Unsupported unsupported = (Contents.Unsupported) contents;
    assertThat(unsupported.name()).isEqualTo(name);
    assertThat(unsupported.advice()).contains(advice);
  }

  @ParameterizedTest
  @CsvSource({
    "XFS, mkfs.xfs -q, 320, copy the files to a disk with NTFS",
    "btrfs, mkfs.btrfs -q, 128, copy the files to a disk with NTFS",
    "F2FS, mkfs.f2fs -q, 64, copy the files to a disk with NTFS",
    "JFS, mkfs.jfs -q, 32, copy the files to a disk with NTFS",
    "ReiserFS, mkfs.reiserfs -q -f -f, 64, copy the files to a disk with NTFS",
    "Reiser4, mkfs.reiser4 -y -f, 64, copy the files to a disk with NTFS",
    "bcache, make-bcache -B, 16, copy the files from the assembled pool",
    "bcache, make-bcache -C, 64, copy the files from the assembled pool",
    "NILFS2, mkfs.nilfs2 -q -f, 256, copy the files to a disk with NTFS",
    "APFS, mkapfs, 256, copy the files to a disk with NTFS",
    "HFS, hformat -f, 16, copy the files to a disk with NTFS",
    "UDF, mkudffs -b 512, 16, copy the files to a disk with NTFS",
    "UDF, mkudffs -b 2048, 16, copy the files to a disk with NTFS",
    "UDF, mkudffs -b 4096, 16, copy the files to a disk with NTFS",
    "Linux swap space, mkswap, 16, it holds no files",
  })
  void aFileSystemThatIsNotSupportedIsNamed(String name, String command, int size, String advice)
      throws Exception {
    String[] words = command.split(" ", -1);
    Tool.require(SignatureTest.class, words[0]);
    Path image = image(size);
    Tool.run(
        "sh", "-c", "PATH=$PATH:/usr/sbin:/sbin; exec " + command + " \"$0\"", image.toString());

    assertNamed(contents(image), name, advice);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void luksIsNamedWithItsVersion(int version) throws Exception {
    Tool.require(SignatureTest.class, "cryptsetup");
    Path image = image(32);
    Path key = Files.writeString(folder.resolve("key"), "a passphrase");
    Tool.run(
        "cryptsetup",
        "luksFormat",
        "--batch-mode",
        "--type=luks" + version,
        "--pbkdf=pbkdf2",
        "--pbkdf-force-iterations=1000",
        "--key-file=" + key,
        image.toString());

    assertNamed(contents(image), "LUKS " + version, "into a TrueCrypt or VeraCrypt volume");
  }

  private Path disc(String... command) throws Exception {
    Tool.require(SignatureTest.class, command[0]);
    Path tree = Files.createDirectories(folder.resolve("tree"));
    Files.writeString(tree.resolve("a.txt"), "a");
    Path image = folder.resolve("disc.iso");
    String[] whole = Arrays.copyOf(command, command.length + 3);
    whole[command.length] = "-o";
    whole[command.length + 1] = image.toString();
    whole[command.length + 2] = tree.toString();
    Tool.run(whole);
    return image;
  }

  @Test
  void aDiscOfIso9660IsNamed() throws Exception {
    assertNamed(contents(disc("genisoimage", "-quiet", "-J", "-R")), "ISO 9660", "copy the files");
    assertNamed(
        contents(disc("xorriso", "-as", "mkisofs", "-quiet", "-R")), "ISO 9660", "copy the files");
  }

  @Test
  void aDiscThatIsUdfAsWellIsCalledUdf() throws Exception {
    assertNamed(contents(disc("genisoimage", "-quiet", "-udf", "-J")), "UDF", "copy the files");
  }

  private interface Attached {
    void use(String device) throws Exception;
  }

  private static void attached(Path image, Attached work) throws Exception {
    Tool.requireToMount(SignatureTest.class, "losetup");
    String device = Tool.run("losetup", "--find", "--show", image.toString()).strip();
    try {
      work.use(device);
    } finally {
      Tool.run("losetup", "--detach", device);
    }
  }

  @Test
  void aPhysicalVolumeOfLvmIsNamedWhereverItsLabelLies() throws Exception {
    Tool.require(SignatureTest.class, "pvcreate");
    for (int sector = 0; sector < 4; sector++) {
      String place = String.valueOf(sector);
      Path image = image(16);
      attached(
          image,
          device ->
              Tool.run(
                  "pvcreate",
                  "-q",
                  "--devices",
                  device,
                  "--labelsector",
                  place,
                  "-ff",
                  "-y",
                  device));
      assertNamed(contents(image), "LVM physical volume", "from its volumes to a disk");
    }
  }

  // Making one takes a kernel with md, which few build machines have: the records are by hand, in a
  // device whose size is no multiple of anything, and the tool itself says that they are where it
  // would put them.
  @ParameterizedTest
  @CsvSource({"0.90, 16711680", "1.0, 16785408", "1.1, 0", "1.2, 4096"})
  void aMemberOfALinuxRaidIsNamed(String version, int at) throws Exception {
    Tool.require(SignatureTest.class, "mdadm");
    byte[] disk = new byte[16 * MIB + 37 * 512];
    ByteBuffer record = ByteBuffer.wrap(disk, at, 4096).slice().order(ByteOrder.LITTLE_ENDIAN);
    record.putInt(0, 0xa92b4efc);
    if (version.equals("0.90")) {
      record.putInt(8, 90);
    } else {
      record.putInt(4, 1).putInt(72, 1).putInt(92, 2).putLong(144, at / 512);
    }
    Path image = Files.write(folder.resolve("member.img"), disk);
    assertThat(Tool.run("mdadm", "--examine", image.toString()))
        .containsPattern(
            "Version : " + (version.startsWith("0") ? "0.90" : version.substring(0, 1)));

    assertNamed(contents(image), "Linux RAID member", "from the assembled array to a disk");
  }

  private static byte[] disk(int at, String hex) {
    byte[] disk = new byte[4 * MIB];
    byte[] bytes = HexFormat.of().parseHex(hex);
    System.arraycopy(bytes, 0, disk, at, bytes.length);
    return disk;
  }

  private static String text(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void bitLockerIsNamed() throws Exception {
    assertNamed(
        contents(disk(0, "eb5890" + text("-FVE-FS-"))), "BitLocker", "switch BitLocker off");
  }

  // The boot sector is that of a FAT32 with a program that asks for the password: what mkfs.fat
  // makes, with the identifier that tells.
  @Test
  void bitLockerToGoIsNotTakenForTheFatThatItPosesAs() throws Exception {
    Tool.require(SignatureTest.class, "mkfs.fat");
    Path image = image(64);
    Tool.run("mkfs.fat", "-F", "32", image.toString());
    assertThat(contents(image)).isInstanceOf(Contents.Files.class);
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.seek(424);
      file.write(HexFormat.of().parseHex("3bd66749292ed84a8399f6a339e3d001"));
    }

    assertNamed(contents(image), "BitLocker To Go", "switch BitLocker off");
  }

  // Checksum, seed, version 1, block type 0x10, and the signature at byte 88.
  @Test
  void coreStorageIsNamed() throws Exception {
    byte[] disk = disk(0, "12345678ffffffff01001000");
    disk[88] = 'C';
    disk[89] = 'S';
    assertNamed(contents(disk), "CoreStorage", "copy the files from the Mac's volume");
  }

  @Test
  void reFsIsNamed() throws Exception {
    assertNamed(contents(disk(0, "000000" + text("ReFS") + "00000000")), "ReFS", "copy the files");
  }

  @Test
  void storageSpacesIsNamed() throws Exception {
    assertNamed(
        contents(disk(4096, text("SPACEDB "))), "Storage Spaces", "from the assembled pool to a");
  }

  // A table with one partition of type 0x42 and the private header in sector 6; without that type
  // it
  // is a disk that once was dynamic.
  @Test
  void aDynamicDiskOfWindowsIsNamed() throws Exception {
    byte[] disk = disk(6 * 512, text("PRIVHEAD"));
    ByteBuffer.wrap(disk).order(ByteOrder.LITTLE_ENDIAN).putInt(454, 63).putInt(458, 4000);
    disk[450] = 0x42;
    disk[510] = 0x55;
    disk[511] = (byte) 0xaa;
    assertNamed(contents(disk), "Windows dynamic disk", "from its volumes to a disk");

    disk[450] = 0x07;
    assertThat(contents(disk)).isInstanceOf(Contents.Partitioned.class);
  }

  @Test
  void aPartitionThatOnlyItsTypeKnowsIsNamedByThat() throws Exception {
    Tool.require(SignatureTest.class, "sfdisk");
    Path image = image(16);
    Path script =
        Files.writeString(
            folder.resolve("script"),
            """
            label: gpt
            start=2048, size=8192, type=53746F72-6167-11AA-AA11-00306543ECAC
            start=10240, size=8192, type=E75CAF8F-F680-4CEE-AFA3-B001E56EFC2D
            """,
            UTF_8);
    Tool.run("sh", "-c", "sfdisk --quiet " + image + " < " + script);
    byte[] noise = new byte[4096 * 512];
    new Random(3).nextBytes(noise);
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.seek(2048 * 512L);
      file.write(noise);
      file.seek(10240 * 512L);
      file.write(noise);
    }

    Contents.Partitioned disk = (Contents.Partitioned) contents(image);
    assertNamed(disk.parts().get(0).contents(), "CoreStorage", "copy the files");
    assertNamed(disk.parts().get(1).contents(), "Storage Spaces", "copy the files");
  }

  // What lies on the disk's first track is the boot loader of the programs: its name stands behind
  // a
  // far jump.
  @ParameterizedTest
  @ValueSource(strings = {"TrueCrypt", "VeraCrypt"})
  void anEncryptedSystemIsSaidToBeOneAndOtherPartitionsAreRead(String program) throws Exception {
    Tool.require(SignatureTest.class, "sfdisk", "mkntfs");
    Path image = image(32);
    Path script =
        Files.writeString(
            folder.resolve("script"),
            """
            label: dos
            start=2048, size=20480, type=7, bootable
            start=24576, size=20480, type=7
            """,
            UTF_8);
    Tool.run("sh", "-c", "sfdisk --quiet " + image + " < " + script);
    Path plain = folder.resolve("plain.img");
    try (RandomAccessFile file = new RandomAccessFile(plain.toFile(), "rw")) {
      file.setLength(20480 * 512L);
    }
    Tool.run("mkntfs", "-Q", "-F", "-q", plain.toString());
    byte[] noise = new byte[20480 * 512];
    new Random(3).nextBytes(noise);
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.write(HexFormat.of().parseHex("ea1e7c0000"));
      file.write((" " + program + " Boot Loader\r\n").getBytes(StandardCharsets.US_ASCII));
      file.seek(2048 * 512L);
      file.write(noise);
      file.seek(24576 * 512L);
      file.write(Files.readAllBytes(plain));
    }

    Contents.Partitioned disk = (Contents.Partitioned) contents(image);

    assertNamed(
        disk.parts().get(0).contents(),
        program + " system encryption (the disk starts a computer; it is no data volume)",
        "decrypt the system permanently");
    assertThat(disk.parts().get(1).contents()).isInstanceOf(Contents.Files.class);
  }

  // The beginning of the list that zpool (zfs-fuse 0.7.0) wrote into a label: the tool itself needs
  // a
  // daemon, which is not for a test to start. Of the two labels at the start one is enough.
  @ParameterizedTest
  @ValueSource(ints = {0x4000, 0x44000})
  void aMemberOfAZfsPoolIsNamed(int at) throws Exception {
    String list =
        "0101000000000000000000010000002400000020000000077665727369" // encoding, then the first
            // name:
            + "6f6e000000000800000001000000000000001700000024000000200000" // version 23
            + "00046e616d65";
    assertNamed(contents(disk(at, list)), "ZFS member", "from the assembled pool to a disk");
  }

  // No package of Debian 12 makes one: the magic number alone, at the place that it shares with
  // bcache.
  @Test
  void bcachefsIsNamed() throws Exception {
    assertNamed(
        contents(disk(4120, "c68573f666ce90a9d96a60cf803df7ef")),
        "bcachefs",
        "copy the files to a disk with NTFS");
  }

  @Test
  void randomBytesAreNoneOfThem() throws Exception {
    byte[] noise = new byte[2 * MIB];
    for (int seed = 0; seed < 50; seed++) {
      new Random(seed).nextBytes(noise);
      assertThat(contents(noise)).isEqualTo(new Contents.Unknown(false));
    }
  }
}
