package org.diskferry.mkfs.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.media.block.Extent;
import org.diskferry.media.block.ExtentsDevice;
import org.diskferry.media.block.linux.Devices;
import org.diskferry.media.crypt.Program;
import org.diskferry.mkfs.FilePath;
import org.diskferry.mkfs.FileSystem;
import org.diskferry.mkfs.NewVolume;
import org.diskferry.mkfs.Reservation;
import org.diskferry.mkfs.VolumeWriter;
import org.diskferry.mkfs.child.ChildVolumes;
import org.diskferry.mkfs.container.ContainerVolumes;
import org.diskferry.mkfs.partition.SinglePartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was planned is what a real disk takes, and not much less. Files come in the order of their
/// paths, as an export's do.
abstract class VolumePlanContract {
  private static final Instant MODIFIED = Instant.parse("2009-02-03T21:57:43Z");
  private static final long MIB = 1 << 20;

  @TempDir private Path work;
  private final byte[] content = new byte[1 << 20];
  private double full = 0.98;

  /// Which file system.
  protected abstract FileSystem fileSystem();

  /// Lets other programs say whether the partition is sound.
  protected abstract void judge(Path partition) throws Exception;

  /// A file that is to be put there.
  private record Item(FilePath path, long size) {}

  private static FilePath path(String path) {
    return new FilePath(List.of(path.split("/")));
  }

  @Test
  void twentyThousandSmallFilesOfOneDirectory() throws Exception {
    Random random = new Random(1);
    fills(720 * MIB, false, i -> item("bucket/object-%08d.dat", i, 4096 + random.nextInt(61_441)));
  }

  @Test
  void twentyThousandTinyFilesOfOneDirectory() throws Exception {
    Random random = new Random(2);
    fills(100 * MIB, false, i -> item("bucket/object-%08d.dat", i, random.nextInt(4097)));
  }

  @Test
  void tinyFilesOfManyDirectories() throws Exception {
    Random random = new Random(3);
    fills(
        100 * MIB,
        false,
        i ->
            new Item(
                path("bucket/%03d/%02d/%s".formatted(i / 400, i / 7 % 50, name(random, i))),
                random.nextInt(4097)));
  }

  // Every other letter is large, and the lengths differ.
  private static String name(Random random, int number) {
    return "%08d%s".formatted(number, (number % 2 == 0 ? "x" : "Y").repeat(random.nextInt(60)));
  }

  @Test
  void directoriesOfOneFileEach() throws Exception {
    fills(60 * MIB, false, i -> item("bucket/%06d/index.html", i, 300));
  }

  @Test
  void someLargeFilesAmongSmallOnes() throws Exception {
    Random random = new Random(4);
    fills(
        1000 * MIB,
        false,
        i ->
            item(
                "bucket/%08d/object",
                i,
                i % 800 == 0 && i < 9000
                    ? 5 * MIB + random.nextInt(1 << 26)
                    : random.nextInt(40_000)));
  }

  @Test
  void smallFilesInAContainer() throws Exception {
    Random random = new Random(5);
    fills(
        300 * MIB,
        true,
        i -> item("bucket/%02d/object-%08d".formatted(i / 100, i), i, random.nextInt(32_768)));
  }

  // Of these so many fit that a directory is larger than all else, and its index is set aside.
  @Test
  void emptyFilesWithLongNames() throws Exception {
    full = 0.90;
    fills(40 * MIB, false, i -> item("bucket/%08d" + "n".repeat(200), i, 0));
  }

  private static Item item(String form, int number, long size) {
    return new Item(path(form.formatted(number)), size);
  }

  private void fills(long bytes, boolean encrypted, IntFunction<Item> items) throws Exception {
    VolumePlan plan = new DiskRoom(fileSystem(), encrypted).onDisk(bytes);
    List<Item> planned = new ArrayList<>();
    Item next = items.apply(0);
    while (plan.add(next.path(), next.size())) {
      planned.add(next);
      next = items.apply(planned.size());
    }
    Path image = work.resolve("disk");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(bytes);
    }
    try (BlockDevice disk = Devices.openExclusively(image)) {
      Extent place = SinglePartition.write(disk, fileSystem(), "ABCDE", new Random(5));
      BlockDevice partition = ExtentsDevice.slice(disk, place.physical(), place.length());
      fill(partition, encrypted, planned, plan);
    }
  }

  private void fill(BlockDevice partition, boolean encrypted, List<Item> planned, VolumePlan plan)
      throws Exception {
    Path folder = Files.createDirectory(work.resolve("folder"));
    NewVolume volume = new NewVolume(fileSystem(), "ABCDE", MODIFIED, plan.entries());
    long size = partition.size();
    long free;
    try (ContainerVolumes containers =
            new ContainerVolumes(
                new ChildVolumes(),
                Program.TRUECRYPT,
                "password".getBytes(UTF_8),
                "ABCDE.tc",
                ContainerVolumes.Noise.LEFT,
                new SecureRandom(),
                ContainerVolumes.Watch.NONE);
        VolumeWriter writer =
            (encrypted ? containers : new ChildVolumes()).make(partition, volume, folder)) {
      for (Item item : planned) {
        put(writer, item);
      }
      free = writer.free();
    }
    double used = 1 - (double) free / size;
    assertThat(used).as("%d files, %d bytes free", planned.size(), free).isGreaterThan(full);
    Path copy = work.resolve("partition");
    try (RandomAccessFile file = new RandomAccessFile(copy.toFile(), "rw")) {
      ByteBuffer piece = ByteBuffer.allocate(1 << 20);
      for (long at = 0; at < size; at += piece.capacity()) {
        piece.clear();
        partition.read(at, piece);
        file.write(piece.array());
      }
    }
    judge(copy);
  }

  private void put(VolumeWriter writer, Item item) throws Exception {
    Reservation reservation = writer.reserve(item.path(), item.size(), MODIFIED);
    assertThat(reservation).as(item.toString()).isInstanceOf(Reservation.Reserved.class);
    long file = ((Reservation.Reserved) reservation).file();
    for (long at = 0; at < item.size(); at += content.length) {
      int count = (int) Math.min(content.length, item.size() - at);
      writer.write(file, at, ByteBuffer.wrap(content, 0, count));
    }
    writer.finish(file);
  }
}
