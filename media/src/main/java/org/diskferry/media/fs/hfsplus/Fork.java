package org.diskferry.media.fs.hfsplus;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// One of the two byte sequences of a file, or a special file: TN1150, "Fork Data Structure".
///
/// | offset | bytes | field |
/// |---|---|---|
/// | 0 | 8 | size in bytes |
/// | 12 | 4 | blocks in all |
/// | 16 | 8 × 8 | the first runs: start block, blocks |
///
/// @param size bytes; negative where the disk lies
/// @param blocks in all runs, those in the overflow file included
/// @param first the runs that are kept here
record Fork(long size, long blocks, List<BlockRun> first) {
  static final int LENGTH = 80;
  static final int RUNS_LENGTH = 64;
  private static final int RUN = 8;

  Fork {
    first = List.copyOf(first);
  }

  static Fork read(ByteBuffer bytes, int at) {
    return new Fork(bytes.getLong(at), Fields.u32(bytes, at + 12), runs(bytes, at + 16));
  }

  /// Up to eight runs; the first empty one ends them.
  static List<BlockRun> runs(ByteBuffer bytes, int at) {
    List<BlockRun> runs = new ArrayList<>();
    for (int i = at; i < at + RUNS_LENGTH; i += RUN) {
      long count = Fields.u32(bytes, i + 4);
      if (count == 0) {
        break;
      }
      runs.add(new BlockRun(Fields.u32(bytes, i), count));
    }
    return runs;
  }
}
