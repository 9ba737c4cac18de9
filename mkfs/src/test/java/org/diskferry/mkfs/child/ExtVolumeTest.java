package org.diskferry.mkfs.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.diskferry.media.Bounds;
import org.diskferry.media.block.FileSource;
import org.diskferry.media.fs.Coverage;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Volume;
import org.diskferry.media.fs.ext.Ext;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.Mount;
import org.diskferry.media.testing.Tool;
import org.diskferry.media.testing.TreeSnapshot;
import org.diskferry.mkfs.FileSystem;
import org.diskferry.mkfs.VolumeMaker;
import org.diskferry.mkfs.VolumeWriter;
import org.diskferry.mkfs.testing.VolumeWriterContract;
import org.junit.jupiter.api.BeforeEach;

/// ext4 that we made, read by our reader, by the kernel, and checked by e2fsck.
class ExtVolumeTest extends VolumeWriterContract {

  @BeforeEach
  void needsTools() {
    Tool.requireToMount(ExtVolumeTest.class, "mke2fs", "e2fsck", "debugfs", "losetup");
  }

  @Override
  protected VolumeMaker maker() {
    return new ChildVolumes();
  }

  @Override
  protected FileSystem fileSystem() {
    return FileSystem.EXT4;
  }

  @Override
  protected Listing read(Path image) throws Exception {
    try (FileSource source = FileSource.open(image)) {
      FileTree tree = Ext.open(source, Bounds.GENEROUS);
      assertThat(tree.volume().label()).isEqualTo("ABCDE");
      assertThat(tree.volume().state()).isEqualTo(Volume.State.CLEAN);
      TreeSnapshot snapshot = TreeSnapshot.of(tree);
      Coverage coverage = tree.coverage();
      assertThat(coverage.missing()).isZero();
      assertThat(coverage.contested()).isEmpty();
      assertThat(snapshot.damages()).isEmpty();
      assertThat(snapshot.orphans()).isEmpty();
      return snapshot.files(tree, source);
    }
  }

  @Override
  protected void judge(Path image, Listing expected) throws Exception {
    Tool.run("e2fsck", "-fn", image.toString());
    if (expected.files().keySet().stream().filter(path -> path.startsWith("many/")).count() > 100) {
      assertThat(Tool.run("debugfs", "-R", "htree_dump many", image.toString()))
          .contains("Root node dump", "Hash Version: 1");
    }
    Path root = work.resolve("mnt");
    try (Mount mount = Mount.loop(image, root, "ro,noload")) {
      assertThat(mount).isNotNull();
      assertThat(Listing.ofDirectory(root).files()).isEqualTo(expected.files());
      // By name, through the index.
      for (String path : new TreeMap<>(expected.files()).keySet()) {
        assertThat(Files.exists(root.resolve(path))).as(path).isTrue();
      }
    }
  }

  @Override
  protected void crash(VolumeWriter writer) {
    ((FilledVolume) writer).killChild();
  }
}
