package org.diskferry.media.fs.ntfs;

import java.util.Arrays;
import org.diskferry.media.MediaException;

/// Lengths of words as LZX stores them: differences from those of the block before, modulo 17, in a
/// code of their own; 17 and 18 are runs of zeros, 19 is a run of one other length.
final class LengthReader {
  private static final int SYMBOLS = 20;
  private static final int LENGTHS = 17;
  private static final int ZEROS = 17;
  private static final int MORE_ZEROS = 18;
  private static final int SAME = 19;

  private final PackedBits bits;

  LengthReader(PackedBits bits) {
    this.bits = bits;
  }

  /// Changes `lengths` from `from` to `to`.
  void read(byte[] lengths, int from, int to) throws MediaException {
    byte[] own = new byte[SYMBOLS];
    for (int i = 0; i < SYMBOLS; i++) {
      own[i] = (byte) bits.take(4);
    }
    HuffmanCode code = HuffmanCode.of(own, SYMBOLS);
    int at = from;
    while (at < to) {
      int symbol = code.take(bits);
      int run =
          switch (symbol) {
            case ZEROS -> 4 + bits.take(4);
            case MORE_ZEROS -> 20 + bits.take(5);
            case SAME -> 4 + bits.take(1);
            default -> 1;
          };
      byte value = symbol == ZEROS || symbol == MORE_ZEROS ? 0 : changed(lengths[at], symbol, code);
      if (run > to - at) {
        throw MediaException.damaged("compressed data: more lengths than words");
      }
      Arrays.fill(lengths, at, at + run, value);
      at += run;
    }
  }

  private byte changed(byte before, int symbol, HuffmanCode code) throws MediaException {
    int difference = symbol == SAME ? code.take(bits) : symbol;
    if (difference >= LENGTHS) {
      throw MediaException.damaged("compressed data: a run of runs");
    }
    return (byte) ((before - difference + LENGTHS) % LENGTHS);
  }
}
