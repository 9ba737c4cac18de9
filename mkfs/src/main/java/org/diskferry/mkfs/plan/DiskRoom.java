package org.diskferry.mkfs.plan;

import java.util.List;
import org.diskferry.media.crypt.NewVolume;
import org.diskferry.mkfs.FilePath;
import org.diskferry.mkfs.FileSystem;
import org.diskferry.mkfs.partition.SinglePartition;

/// What of a disk is left for the file system that holds the files.
///
/// @param fileSystem of the files, and of what a container lies on
/// @param encrypted whether the files are inside a container
public record DiskRoom(FileSystem fileSystem, boolean encrypted) {
  /// A container has whole MiB, and one for the steps in which its size is found.
  private static final long GRAIN = 1 << 20;

  /// The largest sector there is: a table takes most of such a disk.
  private static final int SECTOR = 4096;

  private static final FilePath CONTAINER = new FilePath(List.of("ABCDE.tc"));

  /// The volume on a disk of `bytes`, empty.
  ///
  /// @throws IllegalArgumentException when the disk is too small for any file
  public VolumePlan onDisk(long bytes) {
    if (bytes < SinglePartition.LEAST) {
      throw tooSmall(bytes);
    }
    long partition = SinglePartition.room(bytes, SECTOR).length();
    VolumePlan volume =
        VolumePlan.of(fileSystem, encrypted ? inContainer(bytes, partition) : partition);
    if (volume.free() <= 0) {
      throw tooSmall(bytes);
    }
    return volume;
  }

  private long inContainer(long bytes, long partition) {
    VolumePlan outer = VolumePlan.of(fileSystem, partition);
    long size = outer.free() / GRAIN * GRAIN;
    for (long step = GRAIN; size > NewVolume.overhead(); step *= 2) {
      if (outer.add(CONTAINER, size)) {
        return size - NewVolume.overhead();
      }
      size -= step;
    }
    throw tooSmall(bytes);
  }

  private static IllegalArgumentException tooSmall(long bytes) {
    return new IllegalArgumentException("a disk of " + bytes + " bytes is too small");
  }
}
