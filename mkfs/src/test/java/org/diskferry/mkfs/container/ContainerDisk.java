package org.diskferry.mkfs.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.diskferry.media.Bounds;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.block.Extent;
import org.diskferry.media.block.ExtentsDevice;
import org.diskferry.media.block.linux.Devices;
import org.diskferry.media.crypt.Program;
import org.diskferry.media.crypt.Stop;
import org.diskferry.media.crypt.Unlocking;
import org.diskferry.media.stack.Contents;
import org.diskferry.media.stack.DataVolume;
import org.diskferry.media.stack.DeviceStack;
import org.diskferry.media.stack.Hints;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.TreeSnapshot;
import org.diskferry.mkfs.FilePath;
import org.diskferry.mkfs.FileSystem;
import org.diskferry.mkfs.MkfsException;
import org.diskferry.mkfs.NewVolume;
import org.diskferry.mkfs.Reservation;
import org.diskferry.mkfs.VolumeMaker;
import org.diskferry.mkfs.VolumeWriter;
import org.diskferry.mkfs.child.ChildVolumes;
import org.diskferry.mkfs.container.ContainerVolumes.Noise;
import org.diskferry.mkfs.container.ContainerVolumes.Watch;
import org.diskferry.mkfs.partition.SinglePartition;

/// A disk that tests put containers on: what it held before is a pattern.
final class ContainerDisk {
  static final String PASSWORD = "SimpleButEasilyCrackedEXAMPLE";
  static final String NAME = "ABCDE.tc";
  static final Instant MODIFIED = Instant.parse("2009-02-03T21:57:43Z");
  static final byte PATTERN = 0x5A;

  final Path image;
  final Path folder;
  final Map<String, Listing.Row> expected = new TreeMap<>();
  private final FileSystem fileSystem;
  private Extent partition = new Extent(0, 0, 1);

  private ContainerDisk(Path image, Path folder, FileSystem fileSystem) {
    this.image = image;
    this.folder = folder;
    this.fileSystem = fileSystem;
  }

  /// One of `size` bytes with a partition.
  static ContainerDisk of(Path work, FileSystem fileSystem, long size) throws Exception {
    ContainerDisk disk =
        new ContainerDisk(
            work.resolve("disk"), Files.createDirectory(work.resolve("folder")), fileSystem);
    byte[] pattern = new byte[1 << 20];
    Arrays.fill(pattern, PATTERN);
    try (RandomAccessFile file = new RandomAccessFile(disk.image.toFile(), "rw")) {
      for (long at = 0; at < size; at += pattern.length) {
        file.write(pattern, 0, (int) Math.min(pattern.length, size - at));
      }
    }
    try (BlockDevice device = disk.open()) {
      disk.partition = SinglePartition.write(device, fileSystem, "ABCDE", new Random(5));
    }
    return disk;
  }

  BlockDevice open() throws IOException {
    return Devices.openExclusively(image);
  }

  BlockDevice partition(BlockDevice device) {
    return ExtentsDevice.slice(device, partition.physical(), partition.length());
  }

  NewVolume volume() {
    return new NewVolume(fileSystem, "ABCDE", MODIFIED, 500);
  }

  static ContainerVolumes containers(VolumeMaker plain, Program program, Noise noise, Watch watch) {
    return new ContainerVolumes(
        plain, program, PASSWORD.getBytes(UTF_8), NAME, noise, new SecureRandom(), watch);
  }

  static ContainerVolumes containers(Program program, Noise noise) {
    return containers(new ChildVolumes(), program, noise, Watch.NONE);
  }

  void put(VolumeWriter writer, String path, byte[] content) throws MkfsException {
    Reservation reservation =
        writer.reserve(new FilePath(List.of(path.split("/"))), content.length, MODIFIED);
    assertThat(reservation).as(path).isInstanceOf(Reservation.Reserved.class);
    long file = ((Reservation.Reserved) reservation).file();
    if (content.length > 0) {
      writer.write(file, 0, ByteBuffer.wrap(content));
    }
    writer.finish(file);
    expected.put(path, Listing.row(content, MODIFIED.getEpochSecond()));
  }

  static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  /// Files inside, as our own stack finds them from the disk and the password.
  Listing read() throws Exception {
    try (BlockSource device = Devices.openForReading(image);
        Unlocking unlocking = Unlocking.with(PASSWORD.getBytes(UTF_8), 0, Stop.NEVER)) {
      DeviceStack stack = DeviceStack.open(device, Bounds.GENEROUS, new Hints(unlocking, NAME));
      assertThat(stack.unread()).isEmpty();
      List<DataVolume> volumes = stack.volumes();
      assertThat(volumes).hasSize(2);
      DataVolume inner = volumes.getFirst();
      assertThat(inner.tree().volume().label()).isEqualTo("ABCDE");
      return TreeSnapshot.of(inner.tree()).files(inner.tree(), inner.bytes());
    }
  }

  /// The partition as a file of its own.
  Path partitionFile() throws Exception {
    Path file = image.resolveSibling("partition");
    try (FileChannel from = FileChannel.open(image);
        FileChannel to =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      from.transferTo(partition.physical(), partition.length(), to);
    }
    return file;
  }

  /// The container's bytes as they lie on the disk.
  byte[] container() throws Exception {
    try (BlockDevice device = open()) {
      Contents contents = DeviceStack.open(device, Bounds.GENEROUS).contents();
      assertThat(contents).isInstanceOf(Contents.Partitioned.class);
      ExtentsDevice file = new ContainerFile(new ChildVolumes(), NAME).find(partition(device));
      ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(file.size()));
      file.read(0, bytes);
      return bytes.array();
    }
  }
}
