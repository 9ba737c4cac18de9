package org.diskferry.media.fs.hfsplus;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.ContentReader;

/// The volume's own map of used blocks: TN1150, "Allocation File"; one bit each, the first in the
/// highest bit of a byte. Read forwards. What cannot be read counts as used.
final class AllocationFile {
  private static final int PIECE = 64 << 10;
  private static final int MOST_REASONS = 100;

  private final ContentReader map;
  private final Budget budget;
  private final long blocks;
  private final ByteBuffer piece = ByteBuffer.allocate(PIECE).order(ByteOrder.BIG_ENDIAN);
  private final List<String> reasons = new ArrayList<>();
  private long pieceStart = -1;

  AllocationFile(ContentReader map, Budget budget, long blocks) {
    this.map = map;
    this.budget = budget;
    this.blocks = blocks;
  }

  /// The bits of blocks 64 × `index` to 64 × `index` + 63, the first in the lowest bit; those past
  /// the volume are 0.
  long word(long index) throws MediaException {
    long at = index * Long.BYTES;
    if (pieceStart < 0 || at < pieceStart || at >= pieceStart + PIECE) {
      load(at / PIECE * PIECE);
    }
    long word = Long.reverse(piece.getLong((int) (at - pieceStart)));
    long left = blocks - index * Long.SIZE;
    return left >= Long.SIZE ? word : word & ((1L << left) - 1);
  }

  private void load(long start) throws MediaException {
    pieceStart = start;
    int there = Math.clamp(map.size() - start, 0, PIECE);
    int needed = Math.clamp(Math.ceilDiv(blocks, (long) Byte.SIZE) - start, 0, PIECE);
    int read = Math.min(there, needed);
    try {
      budget.chargeRead(read);
      map.read(start, piece.clear().limit(read));
      if (read < needed) {
        note(start + read, "the map ends there");
      }
    } catch (MediaException e) {
      note(start, e.localReason());
      read = 0;
    }
    piece.clear();
    for (int i = read; i < PIECE; i++) {
      piece.put(i, (byte) -1);
    }
  }

  private void note(long from, String reason) {
    if (reasons.size() < MOST_REASONS) {
      reasons.add(
          "what is used from block %d on is not known, all of it counts as used: %s"
              .formatted(from * Byte.SIZE, reason));
    }
  }

  /// What could not be read.
  List<String> reasons() {
    return reasons;
  }
}
