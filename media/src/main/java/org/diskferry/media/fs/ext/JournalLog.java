package org.diskferry.media.fs.ext;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.diskferry.media.MediaException;

/// The blocks of the journal, by their number within it.
final class JournalLog {
  /// A journal is made in one piece; one in more pieces than this was not made by any tool.
  private static final int MOST_RUNS = 1 << 16;

  /// Read at once: logs are read forwards.
  private static final int PIECE = 256 << 10;

  private final Blocks blocks;
  private final NavigableMap<Long, Run> runs = new TreeMap<>();
  private final int most;
  private final int blockSize;
  private ByteBuffer piece = ByteBuffer.allocate(0);
  private long pieceStart;

  private JournalLog(Blocks blocks, int blockSize) {
    this.blocks = blocks;
    this.blockSize = blockSize;
    this.most = Math.max(1, PIECE / blockSize);
  }

  /// The journal that `inode` holds.
  static JournalLog of(Inode inode, Layout layout, Blocks blocks) throws MediaException {
    JournalLog log = new JournalLog(blocks, layout.geometry().blockSize());
    new BlockMap(layout, blocks)
        .walk(
            inode,
            0,
            run -> {
              log.runs.put(run.logical(), run);
              return log.runs.size() <= MOST_RUNS;
            });
    if (log.runs.size() > MOST_RUNS || log.length() == 0) {
      throw MediaException.damaged("the journal has " + log.runs.size() + " runs of blocks");
    }
    return log;
  }

  /// Blocks from the first on without a gap.
  long length() {
    long end = 0;
    for (Run run : runs.values()) {
      if (run.logical() != end) {
        return end;
      }
      end = run.logicalEnd();
    }
    return end;
  }

  /// Block of the volume that holds block `number`.
  long physical(long number) throws MediaException {
    return run(number).physical() + (number - run(number).logical());
  }

  private Run run(long number) throws MediaException {
    Map.Entry<Long, Run> entry = runs.floorEntry(number);
    if (entry == null || number >= entry.getValue().logicalEnd()) {
      throw MediaException.damaged("the journal has no block " + number);
    }
    return entry.getValue();
  }

  /// Block `number`, big-endian; not to be changed.
  ByteBuffer block(long number) throws MediaException {
    long at = (number - pieceStart) * blockSize;
    if (number < pieceStart || at >= piece.capacity()) {
      load(number);
      at = 0;
    }
    return piece.slice((int) at, blockSize).order(ByteOrder.BIG_ENDIAN);
  }

  private void load(long number) throws MediaException {
    int count = (int) Math.min(most, run(number).logicalEnd() - number);
    try {
      piece = blocks.read(physical(number), count);
    } catch (MediaException e) {
      Groups.reasonUnlessFatal(e);
      // One bad block must not cost its neighbours.
      piece = blocks.read(physical(number), 1);
    }
    pieceStart = number;
  }
}
