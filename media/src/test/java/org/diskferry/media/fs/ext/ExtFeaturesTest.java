package org.diskferry.media.fs.ext;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.diskferry.media.Bounds;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.Coverage;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Volume;
import org.diskferry.media.testing.MadeDisk;
import org.diskferry.media.testing.TreeSnapshot;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Disks with one feature after the other.
class ExtFeaturesTest {
  @TempDir private Path folder;

  @BeforeAll
  static void needsTools() {
    ExtDisks.require(ExtFeaturesTest.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-t ext2",
        "-t ext2 -b 2048",
        "-t ext2 -r 0",
        "-t ext3",
        "-t ext3 -b 1024 -I 128",
        "-t ext4",
        "-t ext4 -b 1024",
        "-t ext4 -b 2048 -I 512",
        "-t ext4 -I 128",
        "-t ext4 -I 1024",
        "-t ext4 -O ^64bit",
        "-t ext4 -O ^metadata_csum",
        "-t ext4 -O ^metadata_csum,^64bit,uninit_bg",
        "-t ext4 -O ^metadata_csum,^uninit_bg",
        "-t ext4 -O metadata_csum_seed",
        "-t ext4 -O inline_data",
        "-t ext4 -O inline_data -I 1024",
        "-t ext4 -O ^has_journal",
        "-t ext4 -O meta_bg,^resize_inode -b 1024",
        "-t ext4 -O ^flex_bg -b 1024",
        "-t ext4 -O large_dir",
        "-t ext4 -O ea_inode",
        "-t ext4 -O orphan_file",
        "-t ext4 -O mmp",
        "-t ext4 -O encrypt,verity",
        "-t ext4 -O sparse_super2 -b 1024",
        "-t ext4 -O ^sparse_super,^resize_inode -b 1024",
        "-t ext4 -O bigalloc",
        "-t ext4 -O bigalloc -C 16384",
        "-t ext4 -O bigalloc -b 1024 -C 8192",
        "-t ext4 -O ^extent,^64bit",
        "-t ext4 -O fast_commit",
        "-t ext4 -g 8192 -G 4",
        "-t ext4 -E lazy_itable_init=0 -O ^dir_index"
      })
  void whatTheKernelWroteIsThere(String options) throws Exception {
    long bytes = options.contains("bigalloc") ? 400L << 20 : 160L << 20;
    check(ExtDisks.filledByTheKernel(folder, bytes, options.split(" ")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-t ext4 -b 4096",
        "-t ext4 -b 8192",
        "-t ext4 -b 16384",
        "-t ext4 -b 65536",
        "-t ext4 -b 65536 -I 4096 -O inline_data",
        "-t ext2 -b 65536",
        "-t ext4 -O quota",
        "-t ext4 -O project,quota -E quotatype=usrquota:grpquota:prjquota",
        "-t ext4 -O casefold -E encoding=utf8",
        "-t ext4 -O bigalloc,inline_data",
        "-t ext4 -O inline_data,metadata_csum_seed,large_dir,ea_inode"
      })
  void whatItsMakerCopiedIsThere(String options) throws Exception {
    check(ExtDisks.filledByItsMaker(folder, 400L << 20, options.split(" ")));
  }

  private static void check(MadeDisk disk) throws Exception {
    try (BlockSource image = disk.open()) {
      assertThat(Ext.recognises(image)).isTrue();
      FileTree tree = Ext.open(image, Bounds.GENEROUS);
      TreeSnapshot found = TreeSnapshot.of(tree);
      assertThat(found.damages()).isEmpty();
      assertThat(found.orphans()).isEmpty();
      assertThat(found.files(tree, image).files()).isEqualTo(disk.expected().files());
      checkVolume(tree);
    }
  }

  private static void checkVolume(FileTree tree) throws Exception {
    Coverage coverage = tree.coverage();
    assertThat(coverage.unexplained()).isEmpty();
    assertThat(coverage.contested()).isEmpty();
    assertThat(coverage.exceptions()).isEqualTo(List.of());
    assertThat(coverage.missing()).isZero();
    Volume volume = tree.volume();
    assertThat(volume.state()).isEqualTo(Volume.State.CLEAN);
    assertThat(volume.label()).isEqualTo("the disk");
    assertThat(volume.used()).isEqualTo(coverage.allocated() * volume.blockSize());
  }
}
