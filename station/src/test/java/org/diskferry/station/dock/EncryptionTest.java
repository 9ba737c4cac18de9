package org.diskferry.station.dock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.diskferry.job.JobId;
import org.diskferry.job.Secret;
import org.diskferry.job.SignatureFile;
import org.diskferry.job.dispatch.Claim;
import org.diskferry.job.dispatch.WorkOrder;
import org.diskferry.job.manifest.S3ImportManifest;
import org.diskferry.media.Bounds;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.media.block.FileSource;
import org.diskferry.media.block.linux.Devices;
import org.diskferry.media.crypt.Headway;
import org.diskferry.media.crypt.NewVolume;
import org.diskferry.media.crypt.Program;
import org.diskferry.media.crypt.Stop;
import org.diskferry.media.crypt.XtsDevice;
import org.diskferry.media.fs.Node;
import org.diskferry.media.fs.fat.CodePages;
import org.diskferry.media.stack.DeviceStack;
import org.diskferry.media.testing.TcplayVolume;
import org.diskferry.media.testing.Tool;
import org.diskferry.media.testing.TreeSnapshot;
import org.diskferry.station.catalogue.Catalogue;
import org.diskferry.station.catalogue.Row;
import org.diskferry.station.catalogue.Rows;
import org.diskferry.station.testing.Manifests;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the guide refuses of encrypted devices ("Encrypting Your Data") is held, with its reason.
class EncryptionTest {
  private static final String PASSWORD = "open sesame";
  private static final int MIB = 1 << 20;
  private static final JobId JOB = Manifests.JOB;
  private static final SignatureFile OURS = SignatureFile.of(JOB, new byte[20]);

  @TempDir private Path folder;

  @BeforeEach
  void needsTools() {
    Tool.require(EncryptionTest.class, "mke2fs");
  }

  // PIM 1: a wrong password is found out in seconds; TrueCrypt knows none.
  private static WorkOrder.Load order(@Nullable String password) {
    return order(password, null);
  }

  private static WorkOrder.Load order(@Nullable String password, @Nullable Integer codePage) {
    return Manifests.order(
        new S3ImportManifest(
            "bucket",
            "",
            Map.of(),
            List.of(),
            "",
            "",
            "",
            "",
            "",
            "",
            Map.of(),
            "",
            false,
            "",
            Map.of(),
            password == null ? null : Secret.of(password),
            null,
            Secret.of("1"),
            codePage));
  }

  private Path plain(int kib, String... files) throws Exception {
    Path tree = Files.createTempDirectory(folder, "tree");
    for (int i = 0; i < files.length; i += 2) {
      Files.write(tree.resolve(files[i]), files[i + 1].getBytes(UTF_8));
    }
    return image(tree, kib);
  }

  private Path image(Path tree, int kib) throws Exception {
    Path image = Files.createTempFile(folder, "disk", ".img");
    grow(image, kib);
    Tool.run("mke2fs", "-q", "-F", "-t", "ext2", "-d", tree.toString(), image.toString());
    return image;
  }

  private static void grow(Path image, int kib) throws Exception {
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(kib * 1024L);
    }
  }

  private Path encrypted(String... files) throws Exception {
    Path plain = plain(512, files);
    Path volume = Files.createTempFile(folder, "volume", ".img");
    grow(volume, 768);
    try (BlockDevice device = Devices.openExclusively(volume);
        XtsDevice data =
            NewVolume.of(Program.TRUECRYPT, new SecureRandom())
                .create(device, PASSWORD.getBytes(UTF_8))) {
      data.write(0, ByteBuffer.wrap(Files.readAllBytes(plain)));
      data.force();
    }
    return volume;
  }

  private Path holding(String... containers) throws Exception {
    Path tree = Files.createTempDirectory(folder, "tree");
    Files.writeString(tree.resolve("note.txt"), "beside");
    Path volume = encrypted("SIGNATURE", OURS.text(), "note.txt", "inside");
    for (String name : containers) {
      Files.copy(volume, tree.resolve(name));
    }
    return image(tree, 4096);
  }

  private static Optional<String> refusal(Path disk, @Nullable String password) throws Exception {
    try (FileSource source = FileSource.open(disk);
        Encryption encryption = Encryption.of(order(password), Stop.NEVER, Headway.UNSEEN)) {
      DeviceStack stack = DeviceStack.open(source, Bounds.TIGHT, encryption.hints());
      return encryption.refusal(stack, OURS::equals);
    }
  }

  private static Set<String> names(Path disk, @Nullable Integer codePage) throws Exception {
    try (FileSource source = FileSource.open(disk);
        Encryption encryption = Encryption.of(order(null, codePage), Stop.NEVER, Headway.UNSEEN)) {
      DeviceStack stack = DeviceStack.open(source, Bounds.TIGHT, encryption.hints());
      return TreeSnapshot.of(stack.volumes().getFirst().tree()).paths(Node.Kind.FILE).keySet();
    }
  }

  @Test
  void namesOfAFatDiskAreReadInTheManifestsCodePage() throws Exception {
    Tool.require(EncryptionTest.class, "mkfs.fat", "mcopy");
    Path file = Files.writeString(folder.resolve("OPEL.TXT"), "a name of DOS");
    Path disk = folder.resolve("fat.img");
    grow(disk, 1440);
    Tool.run("mkfs.fat", disk.toString());
    Tool.run("mcopy", "-i", disk.toString(), file.toString(), "::");
    byte[] bytes = Files.readAllBytes(disk);
    int entry = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("OPEL    TXT");
    bytes[entry] = (byte) 0x9D;
    Files.write(disk, bytes);

    assertThat(names(disk, null)).containsExactly("¥PEL.TXT");
    assertThat(names(disk, 850)).containsExactly("ØPEL.TXT");
    assertThat(names(disk, 866)).containsExactly("ЭPEL.TXT");
  }

  @Test
  void everyCodePageThatAManifestMayNameIsKnown() {
    assertThat(S3ImportManifest.CODE_PAGES)
        .containsExactlyElementsOf(CodePages.numbers().stream().map(String::valueOf).toList());
    assertThat(CodePages.numbers()).allMatch(number -> CodePages.of(number).isPresent());
  }

  @Test
  void anEncryptedDeviceWithItsSignatureInsideIsLoaded() throws Exception {
    assertThat(refusal(encrypted("SIGNATURE", OURS.text()), PASSWORD)).isEmpty();
  }

  @Test
  void aVolumeOfAnotherProgramWithItsSignatureInsideIsLoaded() throws Exception {
    TcplayVolume.require(EncryptionTest.class);
    Path plain = plain(512, "SIGNATURE", OURS.text());
    Path volume = folder.resolve("tcplay.img");
    TcplayVolume.make(plain, volume, "RIPEMD160", PASSWORD, folder);
    assertThat(refusal(volume, PASSWORD)).isEmpty();
  }

  @Test
  void aContainerNamedAfterTheJobIsLoaded() throws Exception {
    assertThat(refusal(holding(JOB + ".tc"), PASSWORD)).isEmpty();
  }

  @Test
  void aDeviceWithoutEncryptionIsLoadedWhereNoPasswordIsGiven() throws Exception {
    assertThat(refusal(plain(512, "SIGNATURE", OURS.text()), null)).isEmpty();
  }

  @Test
  void aWrongPasswordIsHeld() throws Exception {
    assertThat(refusal(encrypted("SIGNATURE", OURS.text()), "wrong"))
        .hasValueSatisfying(why -> assertThat(why).contains("does not open it"));
  }

  @Test
  void howFarTryingThePasswordIsCanBeSeen() throws Exception {
    List<Long> percents = new ArrayList<>();
    Headway headway = (done, all) -> percents.add(100 * done / all);
    try (FileSource source = FileSource.open(encrypted("SIGNATURE", OURS.text()));
        Encryption encryption = Encryption.of(order("wrong"), Stop.NEVER, headway)) {
      DeviceStack.open(source, Bounds.TIGHT, encryption.hints());
    }
    assertThat(percents).isSorted().contains(50L).endsWith(99L);
  }

  @Test
  void aPasswordAndNothingEncryptedIsHeld() throws Exception {
    assertThat(refusal(plain(512, "SIGNATURE", OURS.text()), PASSWORD))
        .hasValueSatisfying(why -> assertThat(why).contains("nothing on the device is encrypted"));
  }

  @Test
  void encryptionAndNoPasswordIsHeld() throws Exception {
    assertThat(refusal(encrypted("SIGNATURE", OURS.text()), null))
        .hasValueSatisfying(why -> assertThat(why).contains("has no trueCryptPassword"));
    assertThat(refusal(holding(JOB + ".tc"), null))
        .hasValueSatisfying(why -> assertThat(why).contains("has no trueCryptPassword"));
  }

  @Test
  void aContainerOfAnotherNameIsHeld() throws Exception {
    assertThat(refusal(holding("backup.tc"), PASSWORD))
        .hasValue("the container must be named %s.tc, and the device has backup.tc".formatted(JOB));
  }

  @Test
  void twoContainersAreHeld() throws Exception {
    assertThat(refusal(holding(JOB + ".tc", "other.tc"), PASSWORD))
        .hasValueSatisfying(why -> assertThat(why).contains("more than one container"));
  }

  // Guide: "More than one partition exists on the device."
  @Test
  void twoPartitionsAreHeldThoughThePasswordOpensOne() throws Exception {
    Tool.require(EncryptionTest.class, "sfdisk");
    Path disk = partitioned(encrypted("SIGNATURE", OURS.text()), plain(512, "a.txt", "a"));
    assertThat(refusal(disk, PASSWORD))
        .hasValue(
            "the manifest has a trueCryptPassword, and the device has 2 partitions: it must have"
                + " one");
  }

  @Test
  void onePartitionThatIsEncryptedIsLoaded() throws Exception {
    Tool.require(EncryptionTest.class, "sfdisk");
    assertThat(refusal(partitioned(encrypted("SIGNATURE", OURS.text())), PASSWORD)).isEmpty();
  }

  // Guide: a container that "we are not able to decrypt".
  @Test
  void aContainerThatThePasswordDoesNotOpenIsHeld() throws Exception {
    assertThat(refusal(holding(JOB + ".tc"), "wrong"))
        .hasValueSatisfying(why -> assertThat(why).contains("does not open it"));
  }

  // Guide: "Do not use the Encrypt the system partition … option."
  @Test
  void anEncryptedSystemIsHeldForWhatItIs() throws Exception {
    Tool.require(EncryptionTest.class, "sfdisk");
    Path disk = partitioned(encrypted("SIGNATURE", OURS.text()));
    try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
      file.seek(5);
      file.write(" TrueCrypt Boot Loader".getBytes(UTF_8));
      // Of the volume's header nothing is left: the system's lies elsewhere.
      file.seek(MIB);
      byte[] noise = new byte[768 << 10];
      new Random(5).nextBytes(noise);
      file.write(noise);
    }
    assertThat(refusal(disk, PASSWORD))
        .hasValueSatisfying(why ->
            assertThat(why)
                .startsWith("TrueCrypt system encryption (the disk starts a computer")
                .contains("is not supported: decrypt the system permanently"));
  }

  private Path partitioned(Path... volumes) throws Exception {
    Path disk = Files.createTempFile(folder, "partitioned", ".img");
    grow(disk, 4096);
    StringBuilder script = new StringBuilder("label: dos\n");
    for (int i = 0; i < volumes.length; i++) {
      script.append(
          "start=%d, size=%d, type=7%n"
              .formatted((i + 1) * MIB / 512, Files.size(volumes[i]) / 512));
    }
    Path input = Files.writeString(folder.resolve("script"), script);
    Tool.run("sh", "-c", "exec sfdisk --quiet \"$0\" < \"$1\"", disk.toString(), input.toString());
    try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
      for (int i = 0; i < volumes.length; i++) {
        file.seek((i + 1L) * MIB);
        file.write(Files.readAllBytes(volumes[i]));
      }
    }
    return disk;
  }

  @Test
  void aSignatureInsideThatIsAnotherJobsOrMissingIsHeld() throws Exception {
    String other = SignatureFile.of(new JobId("ABCDE"), new byte[20]).text();
    assertThat(refusal(encrypted("SIGNATURE", other), PASSWORD))
        .hasValueSatisfying(why -> assertThat(why).startsWith("InvalidSignature: "));
    assertThat(refusal(encrypted("a.txt", "a"), PASSWORD))
        .hasValueSatisfying(why -> assertThat(why).startsWith("MissingSignature: "));
  }

  @Test
  void whatLiesBesideAContainerIsARowThatIsNotLoaded() throws Exception {
    try (FileSource source = FileSource.open(holding(JOB + ".tc"));
        Encryption encryption = Encryption.of(order(PASSWORD), Stop.NEVER, Headway.UNSEEN)) {
      DeviceStack stack = DeviceStack.open(source, Bounds.TIGHT, encryption.hints());
      try (Catalogue catalogue = Catalogue.scan(stack.volumes(), folder.resolve("catalogue"))) {
        List<String> rows = new ArrayList<>();
        for (Rows all = catalogue.inPathOrder(); all.hasNext(); ) {
          Row row = all.next();
          rows.add(row.kind() + " " + row.path());
        }
        assertThat(rows)
            .contains(
                "BESIDE ../" + JOB + ".tc",
                "BESIDE ../note.txt",
                "FILE SIGNATURE",
                "FILE note.txt");
        assertThat(catalogue.isPartitioned()).isFalse();
      }
    }
  }

  @Test
  void aDeviceThatCannotShowItsSignatureIsTheJobsThatItIsBoundTo() throws Exception {
    for (Path disk : List.of(encrypted("SIGNATURE", OURS.text()), holding(JOB + ".tc"))) {
      try (FileSource source = FileSource.open(disk)) {
        DeviceStack stack = DeviceStack.open(source, Bounds.TIGHT);
        assertThat(Claims.of(source, stack, JOB)).isEqualTo(new Claim.Bound(JOB));
        assertThat(Claims.of(source, stack, null)).isInstanceOf(Claim.None.class);
      }
    }
  }
}
