package org.diskferry.media.stack;

import java.util.List;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.FileSystemFormat;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.exfat.Exfat;
import org.diskferry.media.fs.ext.Ext;
import org.diskferry.media.fs.fat.Fat;
import org.diskferry.media.fs.hfsplus.HfsPlus;
import org.diskferry.media.fs.ntfs.Ntfs;

/// The file systems that can be read, in the order in which they are looked for.
final class Formats {
  static final List<FileSystemFormat> READABLE =
      List.of(
          new FileSystemFormat("NTFS", Ntfs::recognises, plain(Ntfs::open)),
          new FileSystemFormat("ext", Ext::recognises, plain(Ext::open)),
          new FileSystemFormat("HFS+", HfsPlus::recognises, plain(HfsPlus::open)),
          new FileSystemFormat("exFAT", Exfat::recognises, plain(Exfat::open)),
          new FileSystemFormat("FAT", Fat::recognises, Fat::open));

  private Formats() {}

  /// Opens a volume of a format that says how its names are written.
  private interface PlainOpening {
    FileTree open(BlockSource volume, Bounds bounds) throws MediaException;
  }

  private static FileSystemFormat.Opening plain(PlainOpening opening) {
    return (volume, bounds, _) -> opening.open(volume, bounds);
  }
}
