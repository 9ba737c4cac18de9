package org.diskferry.station.fill;

import java.nio.file.Path;
import java.util.List;
import org.diskferry.media.MediaException;
import org.diskferry.media.stack.DataVolume;
import org.diskferry.mkfs.MkfsException;
import org.diskferry.mkfs.NewVolume;
import org.diskferry.mkfs.VolumeWriter;

/// The disk of an export: partition table, partition, and the volume that objects go onto, plain or
/// inside a container.
///
/// `make` overwrites the device; from its first moment on the device says whose it is by a
/// [org.diskferry.mkfs.partition.FillMark], whatever else is on it. `resume` goes on with the
/// volume exactly as its last checkpoint left it, and throws `INCONSISTENT` where that cannot be
/// had.
interface ExportDisk extends AutoCloseable {

  /// Makes the volume.
  ///
  /// @param folder of the volume's own, which exists
  VolumeWriter make(NewVolume volume, Path folder) throws MkfsException;

  /// Opens what [#make] began, for more.
  VolumeWriter resume(NewVolume volume, Path folder) throws MkfsException;

  /// Opens for reading what is on the device now, through the readers that know nothing of how it
  /// was made: the volumes that hold objects. They live as long as this disk.
  List<DataVolume> read() throws MediaException;

  @Override
  void close();
}
