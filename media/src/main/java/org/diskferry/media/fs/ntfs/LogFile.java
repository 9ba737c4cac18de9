package org.diskferry.media.fs.ntfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.diskferry.media.MediaException;

/// The journal of metadata, as far as needed to know whether work was left in it. It is not
/// replayed: the volume is read as it is and called dirty.
///
/// Restart page: `RSTR`, update sequence, 16 page size, 24 offset of the restart area. Restart
/// area: 0 newest sequence number, 12 first client in use (FFFFh: none), 14 flags (2: volume is
/// clean).
final class LogFile {
  private static final int RESTART = 0x5254_5352;
  private static final int CHECKED = 0x444B_4843;
  private static final int EMPTY = 0xFFFF_FFFF;
  private static final int NO_CLIENT = 0xFFFF;
  private static final int CLEAN = 2;

  /// Windows uses 4 KiB on every machine that runs it today.
  private static final int PAGE = 4096;

  private static final int AREA_LENGTH = 16;

  private record Restart(long newest, boolean clean) {}

  private final RecordReader reader;

  LogFile(RecordReader reader) {
    this.reader = reader;
  }

  boolean isClean() throws MediaException {
    FileRecord file = reader.file(reader.segment(Metafiles.LOG));
    FileStream stream = file.stream(Attribute.DATA, "", reader.table().mapping());
    ByteBuffer pages = reader.head(stream, 2 * PAGE);
    if (pages.remaining() < 2 * PAGE) {
      return false;
    }
    Restart first = restart(pages.slice(0, PAGE));
    Restart second = restart(pages.slice(PAGE, PAGE));
    return (first.newest() >= second.newest() ? first : second).clean();
  }

  private static Restart restart(ByteBuffer slice) throws MediaException {
    ByteBuffer page = slice.order(ByteOrder.LITTLE_ENDIAN);
    int signature = page.getInt(0);
    if (signature == EMPTY || signature == CHECKED) {
      return new Restart(0, true);
    }
    if (signature != RESTART) {
      return new Restart(-1, false);
    }
    UpdateSequence.undo(page, () -> "the journal");
    int area = page.getShort(24) & 0xFFFF;
    if (area > PAGE - AREA_LENGTH) {
      return new Restart(-1, false);
    }
    boolean unused = (page.getShort(area + 12) & 0xFFFF) == NO_CLIENT;
    return new Restart(page.getLong(area), unused || (page.getShort(area + 14) & CLEAN) != 0);
  }
}
