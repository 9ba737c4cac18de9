package org.diskferry.media.fs.exfat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.Volume;

/// The twelve sectors at the start of a volume, the last of which repeats the checksum of the
/// others; and their backup in the twelve behind them.
///
/// The backup is not used where the first sector is a boot sector of some other kind: that of a
/// disk which was formatted otherwise stays behind.
final class BootRegion {
  static final int SECTORS = 12;

  private static final List<Integer> SECTOR_SIZES = List.of(512, 1024, 2048, 4096);

  private final BlockSource volume;

  BootRegion(BlockSource volume) {
    this.volume = volume;
  }

  /// What was found.
  ///
  /// @param state whether the volume was put away properly; the backup does not know
  /// @param remarks what was bad about it
  record Found(BootSector boot, Volume.State state, List<String> remarks) {}

  /// @throws MediaException where neither region can be believed
  Found find() throws MediaException {
    MediaException bad;
    try {
      ByteBuffer first = bytes(0, BootSector.LENGTH);
      if (BootSector.isSigned(first) && !BootSector.isNamed(first)) {
        throw MediaException.damaged("no exFAT boot sector");
      }
    } catch (MediaException e) {
      if (e.trouble() == MediaException.Trouble.DAMAGED) {
        throw e;
      }
      e.localReason();
    }
    try {
      BootSector boot = region(0);
      return new Found(boot, boot.state(), List.of());
    } catch (MediaException e) {
      e.localReason();
      bad = e;
    }
    return backup(bad);
  }

  private Found backup(MediaException bad) throws MediaException {
    for (int sectorSize : SECTOR_SIZES) {
      try {
        BootSector boot = region((long) SECTORS * sectorSize);
        if (boot.sectorSize() == sectorSize) {
          return new Found(
              boot,
              Volume.State.DIRTY,
              List.of("the boot region: " + bad.getMessage() + "; read by its backup"));
        }
      } catch (MediaException e) {
        e.localReason();
        bad.addSuppressed(e);
      }
    }
    throw bad;
  }

  private BootSector region(long start) throws MediaException {
    BootSector boot = BootSector.read(bytes(start, BootSector.LENGTH));
    int size = boot.sectorSize();
    ByteBuffer region = bytes(start, SECTORS * size);
    int end = (SECTORS - 1) * size;
    int sum = Checksum.ofBootRegion(region, end);
    for (int at = end; at < SECTORS * size; at += Integer.BYTES) {
      if (region.getInt(at) != sum) {
        throw MediaException.damaged(
            "byte %d: the checksum of the boot region is wrong".formatted(start + at));
      }
    }
    return boot;
  }

  private ByteBuffer bytes(long at, int length) throws MediaException {
    if (at > volume.size() - length) {
      throw MediaException.damaged("no exFAT boot sector: " + volume.size() + " bytes in all");
    }
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    volume.read(at, bytes);
    return bytes.flip();
  }
}
