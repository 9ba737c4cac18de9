package org.diskferry.station.fill;

import java.nio.file.Path;
import java.util.List;
import org.diskferry.media.MediaException;
import org.diskferry.media.stack.DataVolume;
import org.diskferry.mkfs.MkfsException;
import org.diskferry.mkfs.VolumeWriter;

/// The disk of an export: partition table, partition, and the volume that objects go onto, plain or
/// inside a container.
///
/// `make` overwrites the device. `resume` goes on with the volume exactly as its last checkpoint left
/// it, and throws `INCONSISTENT` where that cannot be had.
interface ExportDisk {

  /// Makes the volume.
  ///
  /// @param objects about how many it will hold
  /// @param folder of the volume's own, which exists
  VolumeWriter make(long objects, Path folder) throws MkfsException;

  /// Opens it for more.
  VolumeWriter resume(long objects, Path folder) throws MkfsException;

  /// Opens for reading what is on the device now, through the readers that know nothing of how it
  /// was made: the volumes that hold objects. They live as long as this disk.
  List<DataVolume> read() throws MediaException;

  /// What stood on the device while it was being filled is taken away.
  void release() throws MediaException;
}
