package org.diskferry.mkfs;

/// The file systems that can be made.
public enum FileSystem {
  /// Windows' own; libntfs-3g writes it.
  NTFS,
  /// Linux' own; libext2fs writes it.
  EXT4
}
