package org.diskferry.media.fs.ntfs;

import java.nio.ByteBuffer;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.FileTree;

/// The way in to NTFS volumes.
public final class Ntfs {
  /// Where the copy of the boot sector can lie before the end, whatever the sector's size.
  private static final int[] SECTOR_SIZES = {512, 1024, 2048, 4096};

  private Ntfs() {}

  /// Whether `volume` begins with an NTFS boot sector, or ends with the copy of one.
  ///
  /// @throws MediaException only when the device is gone
  public static boolean recognises(BlockSource volume) throws MediaException {
    try {
      boot(volume);
      return true;
    } catch (MediaException e) {
      e.localReason();
      return false;
    }
  }

  /// Opens `volume`; every operation on what is returned may spend `bounds` anew.
  ///
  /// @throws MediaException when neither boot sector nor its copy, or neither the first record of
  ///   the master file table nor its mirror can be read
  public static FileTree open(BlockSource volume, Bounds bounds) throws MediaException {
    return new NtfsTree(volume, boot(volume), bounds);
  }

  private static BootSector boot(BlockSource volume) throws MediaException {
    try {
      return boot(volume, 0);
    } catch (MediaException e) {
      e.localReason();
      return backup(volume, e);
    }
  }

  private static BootSector backup(BlockSource volume, MediaException bad) throws MediaException {
    for (int sectorSize : SECTOR_SIZES) {
      long at = (volume.size() / sectorSize - 1) * sectorSize;
      try {
        BootSector boot = boot(volume, at);
        if (boot.sectorSize() == sectorSize) {
          return boot;
        }
      } catch (MediaException e) {
        e.localReason();
        bad.addSuppressed(e);
      }
    }
    throw bad;
  }

  private static BootSector boot(BlockSource volume, long at) throws MediaException {
    if (at < 0 || volume.size() - at < BootSector.LENGTH) {
      throw MediaException.damaged("no NTFS boot sector: " + volume.size() + " bytes in all");
    }
    ByteBuffer sector = ByteBuffer.allocate(BootSector.LENGTH);
    volume.read(at, sector);
    return BootSector.read(sector.flip());
  }
}
