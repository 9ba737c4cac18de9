package org.diskferry.mkfs.child;

import org.diskferry.mkfs.FileSystem;
import org.diskferry.mkfs.ext.ExtFiller;
import org.diskferry.mkfs.fill.Filler;
import org.diskferry.mkfs.fill.FillerException;
import org.diskferry.mkfs.fill.MetadataDevice;
import org.diskferry.mkfs.ntfs.NtfsFiller;

/// Which file system is filled by what.
final class Fillers {
  private Fillers() {}

  static Filler open(FileSystem fileSystem, MetadataDevice device, int sectorSize)
      throws FillerException {
    return switch (fileSystem) {
      case NTFS -> NtfsFiller.open(device, sectorSize);
      case EXT4 -> ExtFiller.open(device);
    };
  }
}
