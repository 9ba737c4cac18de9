package org.diskferry.media.fs.ntfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.ContentReader;

/// The volume's own map of used clusters, one bit each, read forwards in words of 64.
final class ClusterBitmap {
  private static final int PIECE = 1 << 20;

  private final ContentReader map;
  private final Budget budget;
  private final long clusters;
  private final ByteBuffer piece = ByteBuffer.allocate(PIECE).order(ByteOrder.LITTLE_ENDIAN);
  private long pieceStart = -1;

  private ClusterBitmap(ContentReader map, Budget budget, long clusters) {
    this.map = map;
    this.budget = budget;
    this.clusters = clusters;
  }

  static ClusterBitmap open(RecordReader reader) throws MediaException {
    FileRecord file = reader.file(reader.segment(Metafiles.BITMAP));
    ContentReader map = reader.reader(file.stream(Attribute.DATA, "", reader.table().mapping()));
    long clusters = reader.table().boot().clusters();
    if (map.size() < (clusters + 7) / 8) {
      throw MediaException.damaged(
          "the cluster map has %d bytes for %d clusters".formatted(map.size(), clusters));
    }
    return new ClusterBitmap(map, reader.budget(), clusters);
  }

  /// Clusters of the volume.
  long clusters() {
    return clusters;
  }

  /// The bits of clusters 64 × `index` to 64 × `index` + 63; those past the volume are 0.
  long word(long index) throws MediaException {
    long at = index * Long.BYTES;
    if (pieceStart < 0 || at < pieceStart || at >= pieceStart + PIECE) {
      load(at / PIECE * PIECE);
    }
    long word = piece.getLong((int) (at - pieceStart));
    long left = clusters - index * Long.SIZE;
    return left >= Long.SIZE ? word : word & ((1L << left) - 1);
  }

  private void load(long start) throws MediaException {
    piece.clear();
    int there = (int) Math.min(PIECE, map.size() - start);
    budget.chargeRead(there);
    map.read(start, piece.limit(there));
    piece.clear();
    for (int i = there; i < PIECE && i < there + Long.BYTES; i++) {
      piece.put(i, (byte) 0);
    }
    pieceStart = start;
  }

  /// How many clusters are used.
  long used() throws MediaException {
    long used = 0;
    for (long index = 0; index * Long.SIZE < clusters; index++) {
      used += Long.bitCount(word(index));
    }
    return used;
  }
}
