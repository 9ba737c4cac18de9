package org.diskferry.media.fs.chain;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.ContentReader;

/// A map of one bit a cluster, read forwards in pieces.
final class BitMap implements AllocationMap {
  private static final int PIECE = 1 << 16;
  private static final int MOST_REMARKS = 10;

  private final ContentReader map;
  private final Budget budget;
  private final long clusters;
  private final ByteBuffer piece = ByteBuffer.allocate(PIECE).order(ByteOrder.LITTLE_ENDIAN);
  private final List<String> remarks = new ArrayList<>();
  private long pieceStart = -PIECE;

  BitMap(ContentReader map, Budget budget, long clusters) {
    this.map = map;
    this.budget = budget;
    this.clusters = clusters;
  }

  @Override
  public long word(long index) throws MediaException {
    long at = index * Long.BYTES;
    if (at < pieceStart || at >= pieceStart + PIECE) {
      load(at / PIECE * PIECE);
    }
    long word = piece.getLong((int) (at - pieceStart));
    long left = clusters - index * Long.SIZE;
    return left >= Long.SIZE ? word : word & ((1L << left) - 1);
  }

  @Override
  public long known() {
    return clusters;
  }

  private void load(long start) throws MediaException {
    int there = (int) Math.min(PIECE, map.size() - start);
    pieceStart = start;
    try {
      read(start, 0, there);
    } catch (MediaException e) {
      e.localReason();
      for (int from = 0; from < there; from += Salvage.SECTOR) {
        salvage(start, from, Math.min(there, from + Salvage.SECTOR));
      }
    }
  }

  private void salvage(long start, int from, int to) throws MediaException {
    try {
      read(start, from, to);
    } catch (MediaException e) {
      String reason = e.localReason();
      if (remarks.size() < MOST_REMARKS) {
        remarks.add(
            "%s: clusters %d to %d count as used"
                .formatted(
                    reason,
                    ClusterHeap.FIRST + (start + from) * Byte.SIZE,
                    ClusterHeap.FIRST + (start + to) * Byte.SIZE - 1));
      }
      for (int at = from; at < to; at++) {
        piece.put(at, (byte) -1);
      }
    }
  }

  private void read(long start, int from, int to) throws MediaException {
    budget.chargeRead(to - from);
    map.read(start + from, piece.slice(from, to - from));
  }

  @Override
  public List<String> remarks() {
    return remarks;
  }
}
