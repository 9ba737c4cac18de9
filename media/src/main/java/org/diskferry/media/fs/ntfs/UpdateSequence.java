package org.diskferry.media.fs.ntfs;

import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.diskferry.media.MediaException;

/// The update sequence ("fixups") of records, index blocks and log pages: the last two bytes of
/// each stretch are replaced by a number that must agree, so that a write torn in the middle shows.
///
/// | offset | bytes | field |
/// |---|---|---|
/// | 4 | 2 | offset of the array |
/// | 6 | 2 | its length in numbers: one, and one more a stretch |
final class UpdateSequence {
  private static final int LEAST_STRIDE = 512;

  private UpdateSequence() {}

  /// Puts the original bytes back into `record`, in place.
  ///
  /// @param what names the record, if there is something to say
  static void undo(ByteBuffer record, Supplier<String> what) throws MediaException {
    int size = record.limit();
    int array = record.getShort(4) & 0xFFFF;
    int stretches = (record.getShort(6) & 0xFFFF) - 1;
    if (stretches <= 0 || size % stretches != 0 || !isStride(size / stretches)) {
      throw MediaException.damaged(what.get() + ": update sequence of " + stretches + " stretches");
    }
    int stride = size / stretches;
    if (array + 2 * (stretches + 1) > stride - 2) {
      throw MediaException.damaged(what.get() + ": update sequence at " + array);
    }
    short number = record.getShort(array);
    for (int i = 1; i <= stretches; i++) {
      int tail = i * stride - 2;
      if (record.getShort(tail) != number) {
        throw MediaException.damaged(
            what.get()
                + ": torn, bytes "
                + (tail + 2 - stride)
                + " on were not written with the rest");
      }
      record.putShort(tail, record.getShort(array + 2 * i));
    }
  }

  private static boolean isStride(int stride) {
    return stride >= LEAST_STRIDE && Integer.bitCount(stride) == 1;
  }
}
