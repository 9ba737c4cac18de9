package org.diskferry.mkfs.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.diskferry.media.Bounds;
import org.diskferry.media.block.FileSource;
import org.diskferry.media.fs.Coverage;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Volume;
import org.diskferry.media.fs.ntfs.Ntfs;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.Mount;
import org.diskferry.media.testing.Tool;
import org.diskferry.media.testing.TreeSnapshot;
import org.diskferry.mkfs.FileSystem;
import org.diskferry.mkfs.VolumeMaker;
import org.diskferry.mkfs.VolumeWriter;
import org.diskferry.mkfs.testing.VolumeWriterContract;
import org.junit.jupiter.api.BeforeEach;

/// NTFS that we made, read by our reader, by ntfs-3g's driver, and checked by ntfsfix.
class NtfsVolumeTest extends VolumeWriterContract {

  @BeforeEach
  void needsTools() {
    Tool.requireToMount(NtfsVolumeTest.class, "mkntfs", "ntfsfix", "ntfs-3g", "fusermount3");
  }

  @Override
  protected VolumeMaker maker() {
    return new ChildVolumes();
  }

  @Override
  protected FileSystem fileSystem() {
    return FileSystem.NTFS;
  }

  @Override
  protected Listing read(Path image) throws Exception {
    try (FileSource source = FileSource.open(image)) {
      FileTree tree = Ntfs.open(source, Bounds.GENEROUS);
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
    Tool.run("ntfsfix", "-n", image.toString());
    try (Mount mount = Mount.fuse(image, work.resolve("mnt"), "ntfs-3g", "-o", "ro,no_detach")) {
      assertThat(Listing.ofDirectory(work.resolve("mnt")).files()).isEqualTo(expected.files());
      assertThat(mount).isNotNull();
    }
  }

  @Override
  protected void crash(VolumeWriter writer) {
    ((FilledVolume) writer).killChild();
  }
}
