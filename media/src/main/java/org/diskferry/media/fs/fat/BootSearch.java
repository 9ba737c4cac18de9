package org.diskferry.media.fs.fat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.diskferry.media.Bounds;
import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.ClaimedSource;
import org.diskferry.media.fs.chain.AllocationTable;
import org.diskferry.media.fs.chain.EntryWidth;

/// Finds the boot sector, or the backup that FAT32 keeps of it.
///
/// The backup of a disk that was partitioned, or formatted otherwise, stays behind: it is used only
/// where the first sector is unreadable or is no boot sector of any kind, and where a table begins
/// as the backup says.
final class BootSearch {
  private static final List<Integer> SECTOR_SIZES = List.of(512, 1024, 2048, 4096);
  private static final int BACKUP_SECTOR = 6;

  /// BitLocker puts a readable FAT32 in front of what it encrypts.
  private static final byte[] BITLOCKER_TO_GO =
      HexFormat.of().parseHex("3BD66749292ED84A8399F6A339E3D001");

  private static final int BITLOCKER_TO_GO_PLACE = 424;

  private final BlockSource volume;

  BootSearch(BlockSource volume) {
    this.volume = volume;
  }

  /// What was found.
  ///
  /// @param remarks what was bad about it
  record Found(BootSector boot, List<String> remarks) {}

  /// @throws MediaException where there is neither boot sector nor a backup that can be believed
  Found find() throws MediaException {
    ByteBuffer first;
    try {
      first = sector(0);
    } catch (MediaException e) {
      e.localReason();
      return backup(e);
    }
    refuseOthers(first);
    try {
      return new Found(BootSector.read(first), List.of());
    } catch (MediaException e) {
      e.localReason();
      if (BootSector.isSigned(first)) {
        throw e;
      }
      return backup(e);
    }
  }

  private static void refuseOthers(ByteBuffer first) throws MediaException {
    String name = text(first, 3, 8);
    byte[] mark = new byte[BITLOCKER_TO_GO.length];
    first.get(BITLOCKER_TO_GO_PLACE, mark);
    if (name.equals("-FVE-FS-") || Arrays.equals(mark, BITLOCKER_TO_GO)) {
      throw MediaException.damaged("no FAT boot sector but BitLocker's");
    }
    if (name.equals("NTFS    ") || name.equals("EXFAT   ")) {
      throw MediaException.damaged("no FAT boot sector but that of " + name.strip());
    }
  }

  private static String text(ByteBuffer sector, int at, int length) {
    byte[] text = new byte[length];
    sector.get(at, text);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private Found backup(MediaException bad) throws MediaException {
    for (int sectorSize : SECTOR_SIZES) {
      try {
        BootSector boot = BootSector.read(sector((long) BACKUP_SECTOR * sectorSize));
        if (boot.sectorSize() == sectorSize
            && boot.width() == EntryWidth.FAT32
            && tableBegins(boot)) {
          return new Found(
              boot, List.of("sector 0: " + bad.getMessage() + "; read by its backup in sector 6"));
        }
      } catch (MediaException e) {
        e.localReason();
        bad.addSuppressed(e);
      }
    }
    throw bad;
  }

  private boolean tableBegins(BootSector boot) throws MediaException {
    BlockSource claimed = new ClaimedSource(volume, boot.size());
    Budget budget = new Budget(Bounds.TIGHT);
    long entry = new AllocationTable(claimed, boot.table(), budget).raw(0);
    return entry == ((boot.width().mask() & ~0xFFL) | boot.media());
  }

  private ByteBuffer sector(long at) throws MediaException {
    if (volume.size() - at < BootSector.LENGTH) {
      throw MediaException.damaged("no FAT boot sector: " + volume.size() + " bytes in all");
    }
    ByteBuffer sector = ByteBuffer.allocate(BootSector.LENGTH);
    volume.read(at, sector);
    return sector.flip();
  }
}
