package org.diskferry.media.fs.ntfs;

import java.nio.ByteBuffer;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.ContentReader;

/// Which records the table calls used. Only asked about records that are bad: what is bad and not
/// in use costs nothing. Where the map itself cannot be read, everything may be in use.
final class RecordBitmap {
  private static final int PIECE = 4096;

  private final RecordReader records;
  private final ByteBuffer piece = ByteBuffer.allocate(PIECE);
  private long pieceStart = -1;

  RecordBitmap(RecordReader records) {
    this.records = records;
  }

  boolean isUsed(long record) throws MediaException {
    try {
      long at = record / 8;
      ContentReader map = map();
      if (at >= map.size()) {
        return false;
      }
      load(map, at / PIECE * PIECE);
      return (piece.get((int) (at - pieceStart)) >> (record % 8) & 1) != 0;
    } catch (MediaException e) {
      e.localReason();
      return true;
    }
  }

  private ContentReader map() throws MediaException {
    MasterFileTable table = records.table();
    return records.reader(table.self().stream(Attribute.BITMAP, "", table.mapping()));
  }

  private void load(ContentReader map, long start) throws MediaException {
    if (start != pieceStart) {
      pieceStart = -1;
      piece.clear().limit((int) Math.min(PIECE, map.size() - start));
      records.budget().chargeRead(piece.remaining());
      map.read(start, piece);
      pieceStart = start;
    }
  }
}
