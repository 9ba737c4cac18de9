package org.diskferry.mkfs.plan;

import org.diskferry.mkfs.FilePath;
import org.diskferry.mkfs.FileSystem;

/// A volume that is filled on paper, file by file.
///
/// Contract, held by `VolumePlanContract`: what [#add] takes, a real volume of that size that was
/// made for [#entries] files takes too, in the same order; and a real volume is at least 98 % full
/// when [#add] refuses a small file. One thread at a time.
public sealed interface VolumePlan permits ExtPlan, NtfsPlan {
  /// An empty one of `bytes`.
  static VolumePlan of(FileSystem fileSystem, long bytes) {
    return switch (fileSystem) {
      case NTFS -> new NtfsPlan(bytes);
      case EXT4 -> new ExtPlan(bytes);
    };
  }

  /// Puts a file there, with the directories that it needs.
  ///
  /// @return false, and nothing was changed, where it is not certain that there is room
  boolean add(FilePath path, long size);

  /// Files and directories that are there: what [NewVolume#files] is to say of the real volume.
  long entries();

  /// Bytes of the whole volume.
  long bytes();

  /// Bytes that nothing has taken and that are not kept back; less than none where not even an
  /// empty file system has room.
  long free();

  /// What is kept back of a volume of `bytes`, for all that depends on the order of writing (pieces
  /// of free space, runs that do not join): a 400th, and 256 KiB.
  static long keptBack(long bytes) {
    return bytes / 400 + (256 << 10);
  }
}
