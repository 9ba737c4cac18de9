package org.diskferry.media.fs.hfsplus;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;

/// A node of a B-tree: TN1150, "Node Structure".
///
/// | offset | bytes | field |
/// |---|---|---|
/// | 0 | 4 | next node of its level |
/// | 4 | 4 | previous node of its level |
/// | 8 | 1 | kind: -1 leaf, 0 index, 1 header, 2 map |
/// | 9 | 1 | level: leaves are 1 |
/// | 10 | 2 | records |
/// | end | 2 each | offsets of the records and of the free space, backwards |
final class BTreeNode {
  static final int LEAF = -1;
  static final int INDEX = 0;
  private static final int FIRST_RECORD = 14;
  private static final int LENGTH_OF_KEY = 2;
  private static final int UNKNOWN = -1;

  private final long number;
  private final NodeBytes raw;
  private final ByteBuffer bytes;
  private final int[] offsets;
  private final String what;

  private BTreeNode(long number, NodeBytes raw, int[] offsets, String what) {
    this.number = number;
    this.raw = raw;
    this.bytes = raw.bytes();
    this.offsets = offsets;
    this.what = what;
  }

  /// How long the records of a tree are, by themselves.
  @FunctionalInterface
  interface RecordLength {
    /// For records that do not tell.
    RecordLength UNTOLD =
        (node, _) -> {
          throw new MediaException(Trouble.UNREADABLE, node.reason());
        };

    /// Bytes of the record that begins at byte `at` of `node`, its key included.
    ///
    /// @throws MediaException where that cannot be told
    int at(NodeBytes node, int at) throws MediaException;
  }

  /// Checks that the records follow one another within the node. Some of them may lie where it
  /// could not be read: those throw when they are asked for. Where the offsets are what could not
  /// be read, each record must tell where the next one begins.
  static BTreeNode read(long number, NodeBytes raw, String tree, RecordLength length)
      throws MediaException {
    raw.check(0, FIRST_RECORD);
    ByteBuffer bytes = raw.bytes();
    int records = Fields.u16(bytes, 10);
    String what = tree + ", node " + number;
    int table = bytes.capacity() - 2 * (records + 1);
    if (table < FIRST_RECORD) {
      throw MediaException.damaged(what + ": " + records + " records");
    }
    int[] offsets =
        raw.isWhole(table, bytes.capacity())
            ? stored(bytes, records, table, what)
            : told(raw, records, table, length);
    return new BTreeNode(number, raw, offsets, what);
  }

  private static int[] stored(ByteBuffer bytes, int records, int table, String what)
      throws MediaException {
    int[] offsets = new int[records + 1];
    int last = FIRST_RECORD;
    for (int i = 0; i <= records; i++) {
      int offset = Fields.u16(bytes, bytes.capacity() - 2 * (i + 1));
      boolean follows = i == 0 ? offset == FIRST_RECORD : offset > last && offset % 2 == 0;
      if (!follows || offset > table) {
        throw MediaException.damaged(what + ": record " + i + " at " + offset);
      }
      offsets[i] = offset;
      last = offset;
    }
    return offsets;
  }

  private static int[] told(NodeBytes raw, int records, int table, RecordLength length)
      throws MediaException {
    int[] offsets = new int[records + 1];
    Arrays.fill(offsets, UNKNOWN);
    int at = FIRST_RECORD;
    for (int i = 0; i < records; i++) {
      offsets[i] = at;
      try {
        at += length.at(raw, at);
      } catch (MediaException e) {
        if (i == 0) {
          throw e;
        }
        // Those before it are known.
        e.localReason();
        return offsets;
      }
      if (at > table) {
        return offsets;
      }
    }
    offsets[records] = at;
    return offsets;
  }

  long number() {
    return number;
  }

  long next() {
    return Fields.u32(bytes, 0);
  }

  long previous() {
    return Fields.u32(bytes, 4);
  }

  int kind() {
    return bytes.get(8);
  }

  /// The kind of what may be no sound node.
  static int kind(NodeBytes raw) throws MediaException {
    raw.check(0, FIRST_RECORD);
    return raw.bytes().get(8);
  }

  int level() {
    return Fields.u8(bytes, 9);
  }

  int records() {
    return offsets.length - 1;
  }

  /// Whether all of it could be read.
  boolean isWhole() {
    return raw.isWhole();
  }

  /// The whole of record `index`.
  ///
  /// @throws MediaException where it lies in what could not be read
  ByteBuffer record(int index) throws MediaException {
    int start = offsets[index];
    int end = offsets[index + 1];
    if (start == UNKNOWN || end == UNKNOWN) {
      throw new MediaException(Trouble.UNREADABLE, raw.reason());
    }
    raw.check(start, end);
    return bytes.slice(start, end - start);
  }

  /// The key of record `index`, without its length.
  ByteBuffer key(int index) throws MediaException {
    ByteBuffer record = record(index);
    int length = keyLength(record, index);
    return record.slice(LENGTH_OF_KEY, length);
  }

  /// What follows the key of record `index`; `fixed` where keys are padded to that length.
  ByteBuffer value(int index, int fixed) throws MediaException {
    ByteBuffer record = record(index);
    int start = LENGTH_OF_KEY + Math.max(fixed, keyLength(record, index));
    start += start % 2;
    if (start > record.capacity()) {
      throw MediaException.damaged(what + ", record " + index + ": cut off");
    }
    return record.slice(start, record.capacity() - start);
  }

  /// What follows the key of record `index` of a leaf.
  ByteBuffer value(int index) throws MediaException {
    return value(index, 0);
  }

  private int keyLength(ByteBuffer record, int index) throws MediaException {
    int length = record.capacity() < LENGTH_OF_KEY ? -1 : Fields.u16(record, 0);
    if (length < 0 || length > record.capacity() - LENGTH_OF_KEY) {
      throw MediaException.damaged(what + ", record " + index + ": a key of " + length + " bytes");
    }
    return length;
  }

  /// For messages.
  @Override
  public String toString() {
    return what;
  }
}
