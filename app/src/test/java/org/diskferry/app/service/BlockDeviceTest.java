package org.diskferry.app.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import org.diskferry.job.JobId;
import org.diskferry.media.testing.NotRun;
import org.diskferry.media.testing.Tool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real block devices, attached by command or linked into the dock: a loop device goes the whole
/// way; what the machine itself uses is refused.
class BlockDeviceTest {
  private static final int MIB = 48;

  @TempDir private static Path folder;
  private static ServiceScene scene;

  @TempDir private Path work;
  private Path tree;
  private Path image;
  private Path loop = Path.of("");

  @BeforeAll
  static void start() throws Exception {
    Tool.requireToMount(BlockDeviceTest.class, "mke2fs", "losetup", "dd");
    NotRun.unless(
        Files.isWritable(Path.of("/dev/loop-control")),
        BlockDeviceTest.class,
        "a loop device from attach to erase",
        "loop devices");
    scene = ServiceScene.start(folder);
    scene.bucket("blocks");
  }

  @AfterAll
  static void stop() throws Exception {
    if (scene != null) {
      scene.close();
    }
  }

  @BeforeEach
  void makeDisk() throws Exception {
    tree = work.resolve("tree");
    image = work.resolve("disk.img");
  }

  @AfterEach
  void detachLoop() throws Exception {
    if (!loop.toString().isEmpty()) {
      Tool.run("losetup", "-d", loop.toString());
    }
  }

  private void disk() throws Exception {
    for (Content content : Content.everyWay()) {
      content.write(tree);
    }
    ServiceScene.ext4(image, MIB, tree);
    loop = Path.of(Tool.run("losetup", "--find", "--show", image.toString()).strip());
  }

  @Test
  void aBlockDeviceIsLoadedReadAgainFromTheMediumAndErased() throws Exception {
    JobId job = scene.createJob("blocks", tree);
    disk();

    scene.attach(loop);

    assertThat(scene.await(loop, "done").path("job").asString()).isEqualTo(job.value());
    assertThat(scene.status(job).path("ProgressCode").asString()).isEqualTo("Complete");
    for (Content content : Content.everyWay()) {
      assertThat(scene.log("blocks", job)).contains("," + content.name() + ",200,OK,");
    }
    assertThat(scene.report("blocks", job)).contains("\"secondPassFromMedium\":true");
    assertZeroFromTheMedium();
    scene.detach(loop);
  }

  // Past the cache, as another program reads it.
  private void assertZeroFromTheMedium() throws Exception {
    Path read = work.resolve("read");
    Tool.run("dd", "if=" + loop, "of=" + read, "bs=1M", "iflag=direct");
    assertThat(Arrays.equals(Files.readAllBytes(read), new byte[MIB << 20])).isTrue();
  }

  @Test
  void aMountedDiskIsRefusedAttachedOrLinked() throws Exception {
    scene.createJob("blocks", tree);
    disk();
    Path mount = Files.createDirectory(work.resolve("mnt"));
    Tool.run("mount", "-o", "ro", loop.toString(), mount.toString());
    try {
      scene.attach(loop);
      assertRefused(loop, "is mounted at " + mount);
      Path link = Files.createSymbolicLink(scene.dock().resolve("innocent.img"), loop);
      assertRefused(link, "is mounted at " + mount);
      Files.delete(link);
    } finally {
      Tool.run("umount", mount.toString());
    }
    assertUntouched();
  }

  @Test
  void aDiskThatAnotherProgramHoldsIsRefused() throws Exception {
    scene.createJob("blocks", tree);
    disk();
    Process holder =
        new ProcessBuilder("flock", "--exclusive", loop.toString(), "sleep", "60").start();
    try (FileChannel ours = FileChannel.open(loop, StandardOpenOption.READ)) {
      assertThat(ours.size()).isEqualTo((long) MIB << 20);
      awaitLocked();
      scene.attach(loop);
      assertRefused(loop, "is in use by another process");
    } finally {
      holder.descendants().forEach(ProcessHandle::destroy);
      holder.destroy();
      holder.waitFor();
    }
    assertUntouched();
  }

  private void awaitLocked() throws Exception {
    for (int i = 0; i < 600; i++) {
      Process attempt =
          new ProcessBuilder("flock", "--nonblock", "--shared", loop.toString(), "true").start();
      if (attempt.waitFor() != 0) {
        return;
      }
      Thread.sleep(50);
    }
    throw new IOException("flock did not lock " + loop);
  }

  @Test
  void theImageBehindALoopDeviceIsRefused() throws Exception {
    scene.createJob("blocks", tree);
    disk();
    scene.attach(image);
    assertRefused(image, "is attached as " + loop);
    assertUntouched();
  }

  @Test
  void theDiskThatCarriesTheSystemIsRefused() throws Exception {
    Path system = systemDisk();
    scene.operator("dock attach", Map.of("device", system.toString()));
    assertRefused(system, "is mounted at /");
    Path link = Files.createSymbolicLink(scene.dock().resolve("system.img"), system);
    assertRefused(link, "is mounted at /");
    Files.delete(link);
  }

  // The whole disk below what is mounted at /.
  private static Path systemDisk() throws Exception {
    for (String line : Files.readAllLines(Path.of("/proc/self/mounts"))) {
      String[] words = line.split(" ", 3);
      Path device = Path.of(words[0]);
      if (words[0].startsWith("/dev/") && Files.exists(device)) {
        Path real = device.toRealPath();
        if (Files.exists(Path.of("/sys/block").resolve(real.getFileName()))
            && !real.getFileName().toString().startsWith("loop")) {
          return real;
        }
        Path parent =
            Path.of("/sys/class/block").resolve(real.getFileName()).toRealPath().getParent();
        if (Files.exists(Path.of("/sys/block").resolve(parent.getFileName()))) {
          return Path.of("/dev").resolve(parent.getFileName());
        }
      }
    }
    NotRun.unless(
        false, BlockDeviceTest.class, "the system's disk in the dock", "a disk of its own");
    throw new IllegalStateException("not reached");
  }

  private static void assertRefused(Path device, String reason) throws Exception {
    assertThat(scene.await(device, "refused").path("message").asString()).contains(reason);
  }

  private void assertUntouched() throws IOException {
    for (Content content : Content.everyWay()) {
      assertThat(content.find(image, 0)).isPositive();
    }
  }
}
