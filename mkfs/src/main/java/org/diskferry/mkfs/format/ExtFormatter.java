package org.diskferry.mkfs.format;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.mkfs.MkfsException;
import org.diskferry.mkfs.NewVolume;

/// ext4 by `mke2fs`, with the features that a kernel of ten years ago reads as well.
///
/// Tables of inodes are left as they are: the format keeps a count of what was never used, and
/// inodes are given out in order. All else that must be zero is written.
final class ExtFormatter implements Formatter {
  /// More than were announced: a list of keys can grow until it is written.
  private static final long SPARE_INODES = 1024;

  /// Without it, zeros become holes of the sparse file and are not carried over.
  private static final Map<String, String> WRITE_ZEROS = Map.of("UNIX_IO_NOZEROOUT", "1");

  @Override
  public void format(BlockDevice medium, NewVolume volume, Path folder) throws MkfsException {
    List<String> command = new ArrayList<>(List.of("mke2fs", "-q", "-F", "-t", "ext4"));
    command.addAll(List.of("-L", volume.label(), "-m", "0", "-b", "4096", "-I", "256"));
    command.addAll(List.of("-O", "^orphan_file,^metadata_csum_seed,^resize_inode,64bit"));
    command.addAll(
        List.of("-E", "lazy_itable_init=1,lazy_journal_init=0,nodiscard,root_owner=0:0"));
    if (volume.files() > 0) {
      command.addAll(
          List.of("-N", Long.toString(volume.files() + volume.files() / 50 + SPARE_INODES)));
    }
    try (Mould mould = Mould.of(medium.size(), folder)) {
      command.add(mould.file().toString());
      mould.make(command, WRITE_ZEROS);
      mould.pour(medium);
    }
  }
}
