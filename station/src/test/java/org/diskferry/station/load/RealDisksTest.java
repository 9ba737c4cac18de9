package org.diskferry.station.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.diskferry.job.dispatch.HoldReason;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.MadeDisk;
import org.diskferry.media.testing.Tool;
import org.diskferry.station.testing.Bytes;
import org.diskferry.station.testing.DiskScene;
import org.diskferry.station.testing.FastDirectory;
import org.diskferry.station.testing.Manifests;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Partitioned and damaged disks of the real tools, through the whole loader.
class RealDisksTest {
  private static final int MIB = 1 << 20;

  @TempDir(factory = FastDirectory.class)
  Path directory;

  @BeforeEach
  void needsTools() {
    Tool.require(RealDisksTest.class, "mke2fs", "mkntfs", "sfdisk", "sgdisk", "debugfs");
  }

  private Path tree(String name, String... files) throws Exception {
    Path tree = Files.createDirectories(directory.resolve(name));
    for (String file : files) {
      Path path = tree.resolve(file);
      Files.createDirectories(path.getParent());
      Files.write(path, Bytes.seeded(file.hashCode(), 3_000 + file.length()));
    }
    return tree;
  }

  private Path ext4(Path tree) throws Exception {
    return MadeDisk.format(
        directory.resolve(tree.getFileName() + ".ext4"),
        4 * MIB,
        "mke2fs",
        "-q",
        "-F",
        "-t",
        "ext4",
        "-O",
        "^has_journal",
        "-b",
        "1024",
        "-d",
        tree.toString());
  }

  private static void lay(Path part, Path disk, long sector) throws Exception {
    try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
      file.seek(sector * 512);
      file.write(Files.readAllBytes(part));
    }
  }

  private Path blank(int mebibytes) throws Exception {
    return MadeDisk.format(directory.resolve("disk.img"), (long) mebibytes * MIB, "true");
  }

  private Path sfdisk(int mebibytes, String script) throws Exception {
    Path image = blank(mebibytes);
    Path input = Files.writeString(directory.resolve("script"), script);
    Tool.run("sh", "-c", "sfdisk --quiet " + image + " < " + input);
    return image;
  }

  // EFI system, Microsoft reserved and an empty file system are no data, whatever they hold.
  private Path withSystemPartitions(boolean second) throws Exception {
    Path image = blank(32);
    Tool.run(
        List.of(
            ("sgdisk -n 1:2048:+4M -t 1:ef00 -n 2:0:+1M -t 2:0c01 -n 3:0:+4M -t 3:8300"
                    + " -n 4:0:+4M -t 4:0700 -n 5:0:+4M -t 5:8300 "
                    + image)
                .split(" ", -1)));
    lay(ext4(tree("efi", "boot.txt")), image, 2048);
    lay(ext4(tree("one", "a.txt", "d/b.txt")), image, 12_288);
    Path ntfs =
        MadeDisk.format(directory.resolve("empty.ntfs"), 4 * MIB, "mkntfs", "-Q", "-F", "-q");
    lay(ntfs, image, 20_480);
    if (second) {
      lay(ext4(tree("two", "c.txt")), image, 28_672);
    }
    return image;
  }

  @Test
  void oneDataPartitionHasNoFolder() throws Exception {
    try (DiskScene scene = new DiskScene(directory, withSystemPartitions(false))) {
      assertThat(scene.load(Manifests.into("bucket", "")))
          .isInstanceOfSatisfying(
              LoadResult.Done.class, done -> assertThat(done.errors()).isEmpty());
      assertThat(scene.objects()).containsOnlyKeys("a.txt", "d/b.txt");
    }
  }

  @Test
  void eachOfSeveralDataPartitionsIsAFolderThatTheManifestSees() throws Exception {
    try (DiskScene scene = new DiskScene(directory, withSystemPartitions(true))) {
      assertThat(
              scene.load(
                  Manifests.with("bucket", "in/", Map.of("p3", "third"), "^p3/d/", "^c\\.txt$")))
          .isInstanceOf(LoadResult.Done.class);
      assertThat(scene.log())
          .isEqualTo(
              Map.of(
                  "p3/a.txt", "200 OK bucket/in/third/a.txt",
                  "p3/d/b.txt", "103 Ignored",
                  "p5/c.txt", "200 OK bucket/in/p5/c.txt"));
    }
  }

  @Test
  void logicalPartitionsAreNumberedAsTheSystemDoes() throws Exception {
    Path image =
        sfdisk(
            32,
            """
            label: dos
            start=2048, size=8192, type=83
            start=12288, size=40960, type=f
            start=14336, size=8192, type=83
            start=24576, size=8192, type=83
            """);
    lay(ext4(tree("one", "a")), image, 2048);
    lay(ext4(tree("five", "b")), image, 14_336);
    lay(ext4(tree("six", "c")), image, 24_576);
    try (DiskScene scene = new DiskScene(directory, image)) {
      assertThat(scene.load(Manifests.into("bucket", ""))).isInstanceOf(LoadResult.Done.class);
      assertThat(scene.objects()).containsOnlyKeys("p1/a", "p5/b", "p6/c");
    }
  }

  @Test
  void aPartitionThatCannotBeReadHoldsTheDeviceAndTheOthersAreLoaded() throws Exception {
    Path image =
        sfdisk(32, "label: gpt\nstart=2048, size=8192\nstart=12288, size=8192, type=linux\n");
    lay(ext4(tree("one", "a")), image, 2048);
    lay(Files.write(directory.resolve("noise"), Bytes.seeded(1, MIB)), image, 12_288);
    try (DiskScene scene = new DiskScene(directory, image)) {
      assertThat(scene.load(Manifests.into("bucket", "")))
          .isInstanceOfSatisfying(
              LoadResult.Stopped.class,
              stopped -> {
                assertThat(stopped.reason()).isEqualTo(HoldReason.UNREADABLE_FILE_SYSTEM);
                assertThat(stopped.message()).contains("partition 2 holds nothing that is known");
              });
      assertThat(scene.objects()).containsOnlyKeys("a");
    }
  }

  private Path damaged() throws Exception {
    Path tree = tree("tree", "top", "good/a", "good/b", "bad/c", "bad/d", "bad/e/f");
    return ext4(tree);
  }

  // Where debugfs says that a block of a file or directory is.
  private static long byteOf(Path image, String path, int block) throws Exception {
    String blocks = Tool.run("debugfs", "-R", "blocks /" + path, image.toString());
    String[] numbers = blocks.strip().lines().toList().getLast().strip().split(" +", -1);
    return Long.parseLong(numbers[block]) * 1024;
  }

  @Test
  void aDirectoryThatCannotBeReadCostsItsFilesAlone() throws Exception {
    Path image = damaged();
    Map<String, Listing.Row> tree = Listing.ofDirectory(directory.resolve("tree")).files();
    try (DiskScene scene = new DiskScene(directory, image)) {
      scene.device().failAt(byteOf(image, "bad", 0), 1);
      assertThat(scene.load(Manifests.into("bucket", "")))
          .isInstanceOfSatisfying(
              LoadResult.Done.class,
              done -> {
                assertThat(done.summary().errors()).isPositive();
                assertThat(done.errors()).anyMatch(row -> row.startsWith("bad/: directory "));
              });
      Map<String, String> healthy = new TreeMap<>();
      for (String path : List.of("top", "good/a", "good/b")) {
        healthy.put(path, tree.get(path).md5());
      }
      assertThat(scene.objects()).isEqualTo(healthy);
      assertThat(scene.log().get("bad/")).isEqualTo("508 ReadError");
      assertThat(scene.report()).contains("\"file\":\"bad/\"").contains(": unreadable");
    }
  }

  @Test
  void aFileThatIsHurtIsARowWithItsBytesAndTheOthersAreLoaded() throws Exception {
    Path image = damaged();
    try (DiskScene scene = new DiskScene(directory, image)) {
      scene.device().failAt(byteOf(image, "bad/c", 1) + 512, 1);
      assertThat(scene.load(Manifests.into("bucket", ""))).isInstanceOf(LoadResult.Done.class);
      assertThat(scene.log().get("bad/c")).isEqualTo("508 ReadError");
      assertThat(scene.log().values()).filteredOn(row -> row.startsWith("200 ")).hasSize(5);
      assertThat(scene.report()).contains("bytes 1536 to 2047 of 3005 cannot be read: sector ");
    }
  }

  @Test
  void aSparseFileOfFarMoreThanIsAllocatedHoldsTheDevice() throws Exception {
    Path image = withHole(200, 0);
    try (DiskScene scene = new DiskScene(directory, image)) {
      assertImplausible(scene.load(Manifests.into("bucket", "")), 200L * MIB);
      assertThat(scene.objects()).isEmpty();
    }
  }

  // By its own account each of the four volumes has enough allocated; together they have more than
  // the device.
  @Test
  void volumesThatLieUponEachOtherHaveNoMoreAllocatedThanTheDeviceHas() throws Exception {
    Path part = withHole(10, 2_500);
    Path image = sfdisk(5, "label: dos\nstart=2048, size=8192, type=83\n");
    lay(part, image, 2048);
    try (RandomAccessFile table = new RandomAccessFile(image.toFile(), "rw")) {
      byte[] entry = new byte[16];
      table.seek(446);
      table.readFully(entry);
      for (int i = 0; i < 3; i++) {
        table.write(entry);
      }
    }
    try (DiskScene scene = new DiskScene(directory, image)) {
      assertImplausible(scene.load(Manifests.into("bucket", "")), 40L * MIB);
      assertThat(scene.objects()).isEmpty();
    }
  }

  private static void assertImplausible(LoadResult result, long bytes) {
    assertThat(result)
        .isInstanceOfSatisfying(
            LoadResult.Stopped.class,
            stopped -> {
              assertThat(stopped.reason()).isEqualTo(HoldReason.IMPLAUSIBLE_PLAN);
              assertThat(stopped.message()).startsWith("the files claim " + bytes + " bytes");
            });
  }

  // A volume of one file, with so many KiB at its start.
  private Path withHole(int mebibytes, int written) throws Exception {
    Path tree = Files.createDirectories(directory.resolve("sparse"));
    try (RandomAccessFile file = new RandomAccessFile(tree.resolve("hole").toFile(), "rw")) {
      file.write(Bytes.seeded(1, written << 10));
      file.setLength((long) mebibytes * MIB);
    }
    return ext4(tree);
  }
}
