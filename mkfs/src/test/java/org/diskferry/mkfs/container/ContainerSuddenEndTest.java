package org.diskferry.mkfs.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.diskferry.mkfs.container.ContainerDisk.bytes;
import static org.diskferry.mkfs.container.ContainerDisk.containers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.media.crypt.Program;
import org.diskferry.media.testing.PulledDevice;
import org.diskferry.media.testing.Tool;
import org.diskferry.mkfs.FileSystem;
import org.diskferry.mkfs.MkfsException;
import org.diskferry.mkfs.MkfsException.Trouble;
import org.diskferry.mkfs.child.ChildVolumes;
import org.diskferry.mkfs.child.KillableVolumes;
import org.diskferry.mkfs.container.ContainerVolumes.Noise;
import org.diskferry.mkfs.container.ContainerVolumes.Watch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A container whose making or filling ends in the middle is gone on with, or not at all.
class ContainerSuddenEndTest {
  private static final long SIZE = 40L << 20;

  @TempDir private Path work;

  @BeforeEach
  void needsTools() {
    Tool.require(ContainerSuddenEndTest.class, "mkntfs", "mke2fs");
  }

  @ParameterizedTest
  @CsvSource({"EXT4, TRUECRYPT", "NTFS, TRUECRYPT", "EXT4, VERACRYPT"})
  void aDeadChildLeavesWhatTheLastCheckpointHeld(FileSystem fileSystem, Program program)
      throws Exception {
    ContainerDisk disk = ContainerDisk.of(work, fileSystem, SIZE);
    KillableVolumes killable = new KillableVolumes();
    try (BlockDevice device = disk.open();
        ContainerVolumes containers = containers(killable, program, Noise.LEFT, Watch.NONE)) {
      ContainerWriter writer = containers.make(disk.partition(device), disk.volume(), disk.folder);
      disk.put(writer, "before", bytes(200_000));
      writer.checkpoint();
      disk.put(writer, "after", bytes(300_000));
      disk.expected.remove("after");
      killable.kill();
      assertThatThrownBy(writer::checkpoint).isInstanceOf(MkfsException.class);
      writer.close();
    }
    try (BlockDevice device = disk.open();
        ContainerVolumes containers = containers(program, Noise.LEFT);
        ContainerWriter again =
            containers.resume(disk.partition(device), disk.volume(), disk.folder)) {
      disk.put(again, "then", bytes(400_000));
    }

    assertThat(disk.read().files()).isEqualTo(disk.expected);
  }

  @Test
  void randomBytesAreGoneOnWithWhereTheyWereStopped() throws Exception {
    ContainerDisk disk = ContainerDisk.of(work, FileSystem.EXT4, SIZE);
    List<Long> first = new ArrayList<>();
    try (BlockDevice device = disk.open();
        ContainerVolumes containers =
            containers(
                new ChildVolumes(),
                Program.TRUECRYPT,
                Noise.RANDOM,
                new Watch(first::add, () -> first.size() == 3))) {
      assertThatThrownBy(() -> containers.make(disk.partition(device), disk.volume(), disk.folder))
          .isInstanceOf(CancellationException.class);
    }
    byte[] before = disk.container();

    List<Long> second = new ArrayList<>();
    try (BlockDevice device = disk.open();
        ContainerVolumes containers =
            containers(
                new ChildVolumes(),
                Program.TRUECRYPT,
                Noise.RANDOM,
                new Watch(second::add, () -> false));
        ContainerWriter writer =
            containers.resume(disk.partition(device), disk.volume(), disk.folder)) {
      disk.put(writer, "a", bytes(100_000));
    }

    assertThat(second.getFirst()).isGreaterThan(first.getLast());
    assertThat(second.getLast()).isEqualTo((long) before.length);
    assertThat(disk.read().files()).isEqualTo(disk.expected);
  }

  /// Whatever write is the last before the device is gone: it is gone on with, or it is said that
  /// it must be made anew.
  @ParameterizedTest
  @CsvSource({"EXT4", "NTFS"})
  void aDeviceThatIsPulledAtAnyWriteIsGoneOnWithOrMadeAnew(FileSystem fileSystem) throws Exception {
    ContainerDisk disk = ContainerDisk.of(work, fileSystem, SIZE);
    long writes = writesOfAWholeRun(disk);
    int resumed = 0;
    for (int i = 0; i < 8; i++) {
      long last = (writes - 2) * i / 8;
      disk.expected.clear();
      try (BlockDevice device = disk.open();
          ContainerVolumes containers = containers(Program.TRUECRYPT, Noise.RANDOM)) {
        PulledDevice pulled = new PulledDevice(disk.partition(device), last);
        assertThatThrownBy(() -> run(disk, pulled, containers)).isInstanceOf(MkfsException.class);
        disk.expected.clear();
        BlockDevice partition = disk.partition(device);
        ContainerWriter writer;
        try {
          writer = containers.resume(partition, disk.volume(), disk.folder);
          resumed++;
        } catch (MkfsException e) {
          assertThat(e.trouble()).isEqualTo(Trouble.INCONSISTENT);
          writer = containers.make(partition, disk.volume(), disk.folder);
        }
        writer.remove(new org.diskferry.mkfs.FilePath(List.of("file")));
        disk.put(writer, "again", bytes(50_000));
        writer.close();
      }
      assertThat(disk.read().files()).as("pulled after %d writes", last).isEqualTo(disk.expected);
    }
    assertThat(resumed).isGreaterThan(3);
  }

  private static long writesOfAWholeRun(ContainerDisk disk) throws Exception {
    try (BlockDevice device = disk.open();
        ContainerVolumes containers = containers(Program.TRUECRYPT, Noise.RANDOM)) {
      PulledDevice counting = new PulledDevice(disk.partition(device), Long.MAX_VALUE);
      run(disk, counting, containers);
      return counting.writes();
    }
  }

  private static void run(ContainerDisk disk, BlockDevice medium, ContainerVolumes containers)
      throws MkfsException {
    try (ContainerWriter writer = containers.make(medium, disk.volume(), disk.folder)) {
      disk.put(writer, "file", bytes(500_000));
    }
  }

  @Test
  void whatIsNotAsItWasCannotBeGoneOnWith() throws Exception {
    ContainerDisk disk = ContainerDisk.of(work, FileSystem.EXT4, SIZE);
    try (BlockDevice device = disk.open();
        ContainerVolumes containers = containers(Program.TRUECRYPT, Noise.LEFT)) {
      BlockDevice partition = disk.partition(device);
      assertInconsistent(() -> containers.resume(partition, disk.volume(), disk.folder));
      containers.make(partition, disk.volume(), disk.folder).close();
      Path state = disk.folder.resolve("container");
      String was = Files.readString(state);
      Files.writeString(state, was.replaceFirst("runs:.", "runs:"));
      assertInconsistent(() -> containers.resume(partition, disk.volume(), disk.folder));
      Files.writeString(state, was.replaceFirst("runs:.{8}", "runs:00000000"));
      assertInconsistent(() -> containers.resume(partition, disk.volume(), disk.folder));
      Files.writeString(state, was);
      partition.zero(0, 1 << 20);
      assertInconsistent(() -> containers.resume(partition, disk.volume(), disk.folder));
    }
  }

  private static void assertInconsistent(org.assertj.core.api.ThrowableAssert.ThrowingCallable it) {
    assertThatThrownBy(it)
        .isInstanceOfSatisfying(
            MkfsException.class, e -> assertThat(e.trouble()).isEqualTo(Trouble.INCONSISTENT));
  }
}
