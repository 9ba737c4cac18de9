package org.diskferry.mkfs.format;

import java.nio.file.Path;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.mkfs.MkfsException;
import org.diskferry.mkfs.NewVolume;

/// Makes an empty volume.
public interface Formatter {

  /// Overwrites `medium` with an empty volume, durably. Files may be put into `folder` for as long
  /// as it takes.
  void format(BlockDevice medium, NewVolume volume, Path folder) throws MkfsException;

  /// The one for the volume's file system.
  static Formatter of(NewVolume volume) {
    return switch (volume.fileSystem()) {
      case NTFS -> new NtfsFormatter();
      case EXT4 -> new ExtFormatter();
    };
  }
}
