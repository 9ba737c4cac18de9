package org.diskferry.media.fs.hfsplus;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;

/// The runs of forks beyond their first eight: TN1150, "Extents Overflow File".
///
/// | offset | bytes | field of a key |
/// |---|---|---|
/// | 0 | 1 | fork: 0 data, 255 resource |
/// | 2 | 4 | CNID |
/// | 6 | 4 | first block within the fork |
final class ExtentsFile {
  static final long CNID = 3;
  static final long CATALOGUE = 4;
  static final long BAD_BLOCKS = 5;
  static final long ALLOCATION = 6;
  static final long STARTUP = 7;
  static final long ATTRIBUTES = 8;

  private static final int KEY = 10;

  /// Which fork of a file.
  enum Which {
    DATA(0),
    RESOURCE(0xFF);

    private final int code;

    Which(int code) {
      this.code = code;
    }
  }

  private final Index tree;

  ExtentsFile(Index tree) {
    this.tree = tree;
  }

  ExtentsFile spending(Budget budget) {
    return new ExtentsFile(tree.spending(budget));
  }

  /// How fork `which` of file `cnid` goes on.
  Overflow of(long cnid, Which which) {
    return from -> next(cnid, which, from);
  }

  private List<BlockRun> next(long cnid, Which which, long from) throws MediaException {
    Optional<BTree.Position> found = tree.find(key -> compare(cnid, which, from, key));
    if (found.isEmpty()) {
      return List.of();
    }
    ByteBuffer value = found.get().value();
    if (value.capacity() < Fork.RUNS_LENGTH) {
      throw MediaException.damaged(found.get().leaf() + ": a record is cut off");
    }
    return Fork.runs(value, 0);
  }

  private static int compare(long cnid, Which which, long from, ByteBuffer key)
      throws MediaException {
    if (key.capacity() < KEY) {
      throw MediaException.damaged("a key of " + key.capacity() + " bytes in the extents file");
    }
    int order = Long.compare(cnid, Fields.u32(key, 2));
    if (order == 0) {
      order = Integer.compare(which.code, Fields.u8(key, 0));
    }
    return order != 0 ? order : Long.compare(from, Fields.u32(key, 6));
  }
}
