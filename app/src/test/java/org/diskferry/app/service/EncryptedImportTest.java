package org.diskferry.app.service;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.diskferry.job.JobId;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.media.block.linux.Devices;
import org.diskferry.media.crypt.NewVolume;
import org.diskferry.media.crypt.Program;
import org.diskferry.media.crypt.XtsDevice;
import org.diskferry.media.testing.TcplayVolume;
import org.diskferry.media.testing.Tool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Encrypted disks through the running service: opened by the manifest's password, or held.
class EncryptedImportTest {
  private static final int MIB = 1 << 20;
  private static final int SIZE = 8;
  private static final String BUCKET = "sealed";
  private static final String PASSWORD = "SimpleButEasilyCrackedEXAMPLE";
  private static final String RIGHT = "trueCryptPassword: " + PASSWORD + "\n";
  private static final Content FILE = Content.of("a.bin", 5000);

  @TempDir private static Path folder;
  private static ServiceScene scene;
  private static int disks;

  @TempDir private Path work;
  private Path tree;
  private Path image;

  @BeforeAll
  static void start() throws Exception {
    Tool.require(EncryptedImportTest.class, "mke2fs");
    scene = ServiceScene.start(folder);
    scene.bucket(BUCKET);
  }

  @AfterAll
  static void stop() throws Exception {
    if (scene != null) {
      scene.close();
    }
  }

  @BeforeEach
  void paths() throws Exception {
    tree = work.resolve("tree");
    image = folder.resolve("disk-" + ++disks + ".img");
    FILE.write(tree);
  }

  // An ext4 of the tree, encrypted into a volume that fills the file.
  private void seal(Path volume) throws Exception {
    Path plain = ServiceScene.ext4(work.resolve("plain"), SIZE, tree);
    try (RandomAccessFile file = new RandomAccessFile(volume.toFile(), "rw")) {
      file.setLength((long) SIZE * MIB + NewVolume.overhead());
    }
    try (BlockDevice host = Devices.openExclusively(volume);
        XtsDevice data =
            NewVolume.of(Program.TRUECRYPT, new SecureRandom())
                .create(host, PASSWORD.getBytes(UTF_8))) {
      data.write(0, ByteBuffer.wrap(Files.readAllBytes(plain)));
      data.force();
    }
  }

  private void assertLoadedAndErased(JobId job) throws Exception {
    scene.await(image, "done");
    assertThat(scene.status(job).path("ProgressCode").asString()).isEqualTo("Complete");
    assertThat(scene.object(BUCKET, FILE.name())).isEqualTo(new String(FILE.bytes(), UTF_8));
    assertThat(scene.log(BUCKET, job)).contains(FILE.name()).doesNotContain(PASSWORD);
    assertThat(scene.report(BUCKET, job)).doesNotContain(PASSWORD);
    assertThat(Files.readAllBytes(image)).containsOnly(0);
    assertNoFileHolds(PASSWORD);
  }

  // The service's log, its database and the station's folders all lie under its home.
  private static void assertNoFileHolds(String secret) throws Exception {
    List<Path> holders = new ArrayList<>();
    Files.walkFileTree(
        folder.resolve("home"),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes facts)
              throws IOException {
            if (facts.isRegularFile() && holds(file, secret)) {
              holders.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          // The database is at work: files come and go.
          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
    assertThat(holders).isEmpty();
  }

  private static boolean holds(Path file, String secret) throws IOException {
    try {
      return new String(Files.readAllBytes(file), ISO_8859_1).contains(secret);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private void assertHeld(JobId job, String reason) throws Exception {
    assertThat(scene.await(image, "on hold").path("message").asString()).contains(reason);
    assertThat(scene.status(job).path("ProgressCode").asString()).isEqualTo("InProgress");
    assertThat(scene.status(job).toString()).contains(reason).doesNotContain(PASSWORD);
  }

  @Test
  void aWholeDeviceIsOpenedLoadedAndErased() throws Exception {
    JobId job = scene.createJob(BUCKET, tree, RIGHT);
    seal(image);
    scene.attach(image, job);
    assertLoadedAndErased(job);
  }

  // Nobody says whose it is but its name in the dock folder.
  @Test
  void aDeviceThatIsPutIntoTheDockFolderUnderItsJobsNameIsOpenedLoadedAndErased() throws Exception {
    JobId job = scene.createJob(BUCKET, tree, RIGHT);
    seal(work.resolve("sealed.img"));
    image = scene.dock().resolve(job + ".img");
    Path part = image.resolveSibling(job + ".img.part");
    Files.copy(work.resolve("sealed.img"), part);
    Files.move(part, image);
    assertLoadedAndErased(job);
  }

  @Test
  void aVolumeOfAnotherProgramIsOpenedLoadedAndErased() throws Exception {
    TcplayVolume.require(EncryptedImportTest.class);
    JobId job = scene.createJob(BUCKET, tree, RIGHT);
    Path plain = ServiceScene.ext4(work.resolve("plain"), SIZE, tree);
    TcplayVolume.make(plain, image, "RIPEMD160", PASSWORD, work);
    scene.attach(image, job);
    assertLoadedAndErased(job);
  }

  @Test
  void aContainerIsOpenedLoadedAndErased() throws Exception {
    JobId job = scene.createJob(BUCKET, tree, RIGHT);
    Path outer = Files.createDirectories(work.resolve("outer"));
    seal(outer.resolve(job.value() + ".tc"));
    ServiceScene.ext4(image, 4 * SIZE, outer);
    scene.attach(image, job);
    assertLoadedAndErased(job);
  }

  @Test
  void aWrongPasswordHoldsUntilItIsMended() throws Exception {
    // With a PIM VeraCrypt repeats its hashes less: without one this takes minutes of processor.
    JobId job = scene.createJob(BUCKET, tree, "trueCryptPassword: another\nveraCryptPim: 1\n");
    seal(image);
    scene.attach(image, job);
    assertHeld(job, "the trueCryptPassword does not open it");
    scene.update(job, BUCKET, tree, RIGHT);
    assertLoadedAndErased(job);
  }

  @Test
  void anotherJobsSignatureInsideHolds() throws Exception {
    scene.createJob(BUCKET, tree, RIGHT);
    JobId job = scene.createJob(BUCKET, work.resolve("unused"), RIGHT);
    seal(image);
    scene.attach(image, job);
    assertHeld(job, "InvalidSignature");
    scene.operator("dock release", java.util.Map.of("job", job.value()));
    scene.await(image, "released");
  }
}
