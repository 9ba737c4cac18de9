package org.diskferry.mkfs.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.ntfs.Ntfs;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.Mount;
import org.diskferry.media.testing.Tool;
import org.diskferry.mkfs.FileSystem;
import org.junit.jupiter.api.BeforeEach;

/// NTFS that we made, read by our reader, by ntfs-3g's driver, and checked by ntfsfix.
class NtfsVolumeTest extends VolumeWriterContract {

  @BeforeEach
  void needsTools() {
    Tool.requireToMount(NtfsVolumeTest.class, "mkntfs", "ntfsfix", "ntfs-3g", "fusermount3");
  }

  @Override
  protected FileSystem fileSystem() {
    return FileSystem.NTFS;
  }

  @Override
  protected FileTree open(BlockSource volume) throws MediaException {
    return Ntfs.open(volume, Bounds.GENEROUS);
  }

  @Override
  protected void judge(Path image, Listing expected) throws Exception {
    Tool.run("ntfsfix", "-n", image.toString());
    try (Mount mount = Mount.fuse(image, work.resolve("mnt"), "ntfs-3g", "-o", "ro,no_detach")) {
      assertThat(Listing.ofDirectory(work.resolve("mnt")).files()).isEqualTo(expected.files());
      assertThat(mount).isNotNull();
    }
  }
}
