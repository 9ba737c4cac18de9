package org.diskferry.mkfs.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.ext.Ext;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.Mount;
import org.diskferry.media.testing.Tool;
import org.diskferry.mkfs.FileSystem;
import org.junit.jupiter.api.BeforeEach;

/// ext4 that we made, read by our reader, by the kernel, and checked by e2fsck.
class ExtVolumeTest extends VolumeWriterContract {

  @BeforeEach
  void needsTools() {
    Tool.requireToMount(ExtVolumeTest.class, "mke2fs", "e2fsck", "debugfs", "losetup");
  }

  @Override
  protected FileSystem fileSystem() {
    return FileSystem.EXT4;
  }

  @Override
  protected FileTree open(BlockSource volume) throws MediaException {
    return Ext.open(volume, Bounds.GENEROUS);
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
}
