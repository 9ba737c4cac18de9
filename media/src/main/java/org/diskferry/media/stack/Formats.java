package org.diskferry.media.stack;

import java.util.List;
import org.diskferry.media.fs.FileSystemFormat;
import org.diskferry.media.fs.exfat.Exfat;
import org.diskferry.media.fs.ext.Ext;
import org.diskferry.media.fs.fat.Fat;
import org.diskferry.media.fs.hfsplus.HfsPlus;
import org.diskferry.media.fs.ntfs.Ntfs;

/// The file systems that can be read, in the order in which they are looked for.
final class Formats {
  static final List<FileSystemFormat> READABLE =
      List.of(
          new FileSystemFormat("NTFS", Ntfs::recognises, Ntfs::open),
          new FileSystemFormat("ext", Ext::recognises, Ext::open),
          new FileSystemFormat("HFS+", HfsPlus::recognises, HfsPlus::open),
          new FileSystemFormat("exFAT", Exfat::recognises, Exfat::open),
          new FileSystemFormat("FAT", Fat::recognises, Fat::open));

  private Formats() {}
}
