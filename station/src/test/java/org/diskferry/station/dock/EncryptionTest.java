package org.diskferry.station.dock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.diskferry.media.stack.DeviceStack;
import org.diskferry.media.testing.Tool;
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
  private static final JobId JOB = Manifests.JOB;
  private static final SignatureFile OURS = SignatureFile.of(JOB, new byte[20]);

  @TempDir private Path folder;

  @BeforeEach
  void needsTools() {
    Tool.require(EncryptionTest.class, "mke2fs");
  }

  // PIM 1: a wrong password is found out in seconds; TrueCrypt knows none.
  private static WorkOrder.Load order(@Nullable String password) {
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
            Secret.of("1")));
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
      DeviceStack stack = DeviceStack.open(source, Bounds.TIGHT, encryption.keys());
      return encryption.refusal(stack, OURS::equals);
    }
  }

  @Test
  void anEncryptedDeviceWithItsSignatureInsideIsLoaded() throws Exception {
    assertThat(refusal(encrypted("SIGNATURE", OURS.text()), PASSWORD)).isEmpty();
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
      DeviceStack stack = DeviceStack.open(source, Bounds.TIGHT, encryption.keys());
      try (Catalogue catalogue = Catalogue.scan(stack.volumes(), folder.resolve("catalogue"))) {
        List<String> rows = new java.util.ArrayList<>();
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
