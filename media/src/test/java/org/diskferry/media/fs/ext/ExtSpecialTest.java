package org.diskferry.media.fs.ext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.block.FileSource;
import org.diskferry.media.fs.Content;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Node;
import org.diskferry.media.fs.Volume;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.LoopDevice;
import org.diskferry.media.testing.MadeDisk;
import org.diskferry.media.testing.Mount;
import org.diskferry.media.testing.Tool;
import org.diskferry.media.testing.TreeSnapshot;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What few disks have, each made by the real tools.
class ExtSpecialTest {
  @TempDir private Path folder;

  @BeforeAll
  static void needsTools() {
    ExtDisks.require(ExtSpecialTest.class);
  }

  @Test
  void encryptedFilesAreNamedAndNeverDelivered() throws Exception {
    Tool.require(getClass(), "python3");
    Path image = ExtDisks.format(folder, 32L << 20, "-t", "ext4", "-O", "encrypt");
    Path script = folder.resolve("encrypt.py");
    try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("encrypt.py"))) {
      Files.copy(in, script);
    }
    try (Mount mount = Mount.loop(image, folder.resolve("mounted"), "noatime")) {
      Files.writeString(mount.root().resolve("plain.txt"), "plain");
      Tool.run("python3", script.toString(), mount.root().toString());
    }
    try (BlockSource source = FileSource.open(image)) {
      FileTree tree = Ext.open(source, Bounds.GENEROUS);
      TreeSnapshot found = TreeSnapshot.of(tree);
      assertThat(found.damages()).isEmpty();
      Map<String, Node> files = found.paths(Node.Kind.FILE);
      assertThat(files).hasSize(7).containsKey("plain.txt");
      for (Map.Entry<String, Node> file : files.entrySet()) {
        if (!file.getKey().equals("plain.txt")) {
          assertThat(file.getKey()).matches("secret/[A-Za-z0-9_/-]+");
          assertThat(file.getValue().form()).isEqualTo(Node.Form.UNREADABLE);
          assertThat(tree.content(file.getValue().id()))
              .isInstanceOfSatisfying(
                  Content.Unreadable.class, it -> assertThat(it.reason()).contains("encrypted"));
        }
      }
      assertThat(found.paths(Node.Kind.LINK)).hasSize(1);
      assertThat(tree.coverage().missing()).isZero();
    }
  }

  @Test
  void valuesOfLargeAttributesAreHidden() throws Exception {
    Path image = ExtDisks.format(folder, 32L << 20, "-t", "ext4", "-O", "ea_inode");
    try (Mount mount = Mount.loop(image, folder.resolve("mounted"), "noatime")) {
      Path file = Files.writeString(mount.root().resolve("attributed.txt"), "content");
      Tool.run("setfattr", "-n", "user.large", "-v", "x".repeat(30_000), file.toString());
    }
    try (BlockSource source = FileSource.open(image)) {
      FileTree tree = Ext.open(source, Bounds.GENEROUS);
      TreeSnapshot found = TreeSnapshot.of(tree);
      assertThat(found.nodes().values())
          .filteredOn(node -> node.kind() == Node.Kind.FILE)
          .hasSize(1);
      assertThat(tree.coverage().missing()).isZero();
    }
  }

  // Few kernels seal files: the flag is set, and the tree put behind the end, by debugfs.
  @Test
  void theTreeBehindASealedFileIsNotItsContent() throws Exception {
    Path image = ExtDisks.format(folder, 32L << 20, "-t", "ext4", "-O", "verity");
    byte[] whole = new byte[200_000];
    new Random(5).nextBytes(whole);
    try (Mount mount = Mount.loop(image, folder.resolve("mounted"), "noatime")) {
      Files.write(mount.root().resolve("sealed.bin"), whole);
    }
    for (String field : new String[] {"flags 0x180000", "size 100001"}) {
      Tool.run("debugfs", "-w", "-R", "set_inode_field /sealed.bin " + field, image.toString());
    }
    try (BlockSource source = FileSource.open(image)) {
      FileTree tree = Ext.open(source, Bounds.GENEROUS);
      TreeSnapshot found = TreeSnapshot.of(tree);
      assertThat(found.damages()).isEmpty();
      Listing.Row row = found.files(tree, source).files().get("sealed.bin");
      assertThat(row).isEqualTo(Listing.row(Arrays.copyOf(whole, 100_001), row.mtime()));
      assertThat(tree.coverage().missing()).isZero();
      assertThat(tree.coverage().contested()).isEmpty();
    }
  }

  @Test
  void timesHaveNanosecondsAndReachFarInBothDirections() throws Exception {
    Path image = ExtDisks.format(folder, 32L << 20, "-t", "ext4");
    try (Mount mount = Mount.loop(image, folder.resolve("mounted"), "noatime")) {
      for (String time :
          new String[] {
            "1901-12-14T00:00:00.000000001Z",
            "1969-12-31T23:59:59.999999999Z",
            "2038-01-19T03:14:08.123456789Z",
            "2109-07-03T10:11:12.5Z",
            "2446-05-10T22:38:55Z"
          }) {
        Tool.run("touch", "-d", time, mount.root().resolve(time).toString());
      }
    }
    try (BlockSource source = FileSource.open(image)) {
      Map<String, Node> files =
          TreeSnapshot.of(Ext.open(source, Bounds.GENEROUS)).paths(Node.Kind.FILE);
      assertThat(files).hasSize(5);
      files.forEach((name, node) -> assertThat(node.modified()).isEqualTo(Instant.parse(name)));
    }
  }

  @Test
  void fastCommitsThatAreNotInTheLogAreReplayed() throws Exception {
    Path image = ExtDisks.format(folder, 64L << 20, "-t", "ext4", "-O", "fast_commit");
    Path copy = folder.resolve("copy.img");
    try (Mount mount = Mount.loop(image, folder.resolve("mounted"), "noatime")) {
      Path before = Files.writeString(mount.root().resolve("before.txt"), "before");
      Tool.run("sync", "-f", before.toString());
      Path fast = Files.writeString(mount.root().resolve("fast.txt"), "fast");
      Tool.run("sync", fast.toString());
      Files.copy(image, copy);
    }
    try (BlockSource source = FileSource.open(copy)) {
      FileTree tree = Ext.open(source, Bounds.GENEROUS);
      TreeSnapshot found = TreeSnapshot.of(tree);
      assertThat(found.paths(Node.Kind.FILE)).containsKeys("before.txt", "fast.txt");
      assertThat(found.damages()).isEmpty();
      assertThat(found.files(tree, source).files().get("fast.txt").size()).isEqualTo(4);
      assertThat(tree.volume().state()).isEqualTo(Volume.State.REPLAYED);
      assertThat(tree.coverage().unexplained()).isEmpty();
      assertThat(tree.coverage().contested()).isEmpty();
    }
    try (BlockSource source = FileSource.open(image)) {
      TreeSnapshot found = TreeSnapshot.of(Ext.open(source, Bounds.GENEROUS));
      assertThat(found.paths(Node.Kind.FILE)).containsKeys("before.txt", "fast.txt");
      assertThat(found.damages()).isEmpty();
    }
  }

  @Test
  void aJournalOnAnotherDeviceIsNotNeededOnceItIsEmptyAndIsNamedBefore() throws Exception {
    Tool.requireToMount(ExtSpecialTest.class, "losetup", "mke2fs", "dumpe2fs");
    Path image = folder.resolve("data.img");
    Path journal = folder.resolve("journal.img");
    Path pulled = folder.resolve("pulled.img");
    for (Path file : List.of(image, journal)) {
      MadeDisk.format(file, 16L << 20, "true");
    }
    try (LoopDevice data = LoopDevice.attach(image, 512);
        LoopDevice log = LoopDevice.attach(journal, 512)) {
      Tool.run("mke2fs", "-q", "-F", "-O", "journal_dev", "-b", "1024", log.device());
      Tool.run(
          "mke2fs",
          "-q",
          "-F",
          "-t",
          "ext4",
          "-b",
          "1024",
          "-J",
          "device=" + log.device(),
          data.device());
      Path root = Files.createDirectory(folder.resolve("elsewhere"));
      Tool.run("mount", "-o", "journal_path=" + log.device(), data.device(), root.toString());
      try {
        Path file = Files.writeString(root.resolve("file.txt"), "content");
        Tool.run("sync", "-f", file.toString());
        Files.copy(image, pulled);
      } finally {
        Tool.run("umount", root.toString());
      }
    }
    try (BlockSource source = FileSource.open(pulled)) {
      String uuid = Tool.run("dumpe2fs", "-h", journal.toString());
      assertThatThrownBy(() -> Ext.open(source, Bounds.GENEROUS))
          .isInstanceOfSatisfying(
              MediaException.class, e -> assertThat(e.trouble()).isEqualTo(Trouble.UNSUPPORTED))
          .hasMessageContaining("its journal is on another device")
          .satisfies(e -> assertThat(uuid).contains(uuidIn(e.getMessage())));
    }
    try (BlockSource source = FileSource.open(image)) {
      FileTree tree = Ext.open(source, Bounds.GENEROUS);
      TreeSnapshot found = TreeSnapshot.of(tree);
      assertThat(found.paths(Node.Kind.FILE)).containsKey("file.txt");
      assertThat(found.damages()).isEmpty();
      assertThat(tree.volume().state()).isEqualTo(Volume.State.CLEAN);
      assertThat(tree.coverage().missing()).isZero();
    }
  }

  private static String uuidIn(String message) {
    int at = message.indexOf("UUID ") + 5;
    return message.substring(at, at + 36);
  }

  @Test
  void theDeviceOfAJournalIsNoVolume() throws Exception {
    Path image = folder.resolve("journal.img");
    MadeDisk.format(image, 8L << 20, "mke2fs", "-q", "-F", "-O", "journal_dev", "-b", "1024");
    try (BlockSource source = FileSource.open(image)) {
      assertThatThrownBy(() -> Ext.open(source, Bounds.GENEROUS))
          .hasMessageContaining("journal_dev")
          .isInstanceOfSatisfying(
              MediaException.class, e -> assertThat(e.trouble()).isEqualTo(Trouble.UNSUPPORTED));
    }
  }

  @Test
  void anExt2ThatWasPulledReadsAsTheKernelShowsIt() throws Exception {
    Path image = ExtDisks.format(folder, 32L << 20, "-t", "ext2");
    Path copy = folder.resolve("copy.img");
    try (Mount mount = Mount.loop(image, folder.resolve("mounted"), "sync")) {
      for (int i = 0; i < 50; i++) {
        Files.write(mount.root().resolve("file " + i), new byte[i * 500]);
      }
      Files.delete(mount.root().resolve("file 7"));
      Tool.run("sync", "-f", mount.root().toString());
      Files.copy(image, copy);
    }
    try (BlockSource source = FileSource.open(copy)) {
      FileTree tree = Ext.open(source, Bounds.GENEROUS);
      assertThat(tree.volume().format()).isEqualTo("ext2");
      assertThat(tree.volume().state()).isEqualTo(Volume.State.DIRTY);
      Listing mine = TreeSnapshot.of(tree).files(tree, source);
      try (Mount mount = Mount.loop(copy, folder.resolve("recovered"), "noatime")) {
        assertThat(mine.files()).isEqualTo(Listing.ofDirectory(mount.root()).files());
      }
    }
  }

  @Test
  void aVolumeIsNamedByItsFeatures() throws Exception {
    for (String format : new String[] {"ext2", "ext3", "ext4"}) {
      Path place = Files.createDirectory(folder.resolve(format));
      String uuid = "0b0c9e6e-8a34-4a52-9d0b-0d4f4e5a1c11";
      Path image = ExtDisks.format(place, 16L << 20, "-t", format, "-U", uuid);
      try (BlockSource source = FileSource.open(image)) {
        Volume volume = Ext.open(source, Bounds.GENEROUS).volume();
        assertThat(volume.format()).isEqualTo(format);
        assertThat(volume.uuid()).isEqualTo(uuid);
        assertThat(volume.name()).contains("the disk");
        assertThat(volume.size()).isEqualTo(16L << 20);
      }
    }
  }
}
