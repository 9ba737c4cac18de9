package org.diskferry.media.fs.ntfs;

import java.util.Arrays;
import org.diskferry.media.MediaException;

/// A canonical prefix code, told by the length of each symbol's word; 0 for what does not occur.
final class HuffmanCode {
  static final int MOST_BITS = 16;

  /// Words of up to this many bits, nearly all that occur, are looked up in one step.
  private static final int QUICK_BITS = 9;

  private static final int LENGTH_BITS = 5;
  private static final int LENGTH_MASK = (1 << LENGTH_BITS) - 1;

  private final int[] quick = new int[1 << QUICK_BITS];
  private final int[] counts = new int[MOST_BITS + 1];
  private final int[] symbols;

  private HuffmanCode(int symbols) {
    this.symbols = new int[symbols];
  }

  /// The code of the symbols 0 to `count`, whose lengths are in `lengths`. One without any word is
  /// a code, as long as no symbol is asked of it; one with words that mean nothing, or several
  /// things, is none.
  static HuffmanCode of(byte[] lengths, int count) throws MediaException {
    HuffmanCode code = new HuffmanCode(count);
    for (int symbol = 0; symbol < count; symbol++) {
      code.counts[lengths[symbol]]++;
    }
    boolean empty = code.counts[0] == count;
    code.counts[0] = 0;
    code.checkSum(empty);
    code.fill(lengths, count);
    return code;
  }

  private void checkSum(boolean empty) throws MediaException {
    int sum = 0;
    for (int length = 1; length <= MOST_BITS; length++) {
      sum += counts[length] << (MOST_BITS - length);
    }
    if (sum != 1 << MOST_BITS && !empty) {
      throw MediaException.damaged("compressed data: a code that is none");
    }
  }

  private void fill(byte[] lengths, int count) {
    int[] next = new int[MOST_BITS + 1];
    for (int length = 1; length < MOST_BITS; length++) {
      next[length + 1] = next[length] + counts[length];
    }
    for (int symbol = 0; symbol < count; symbol++) {
      if (lengths[symbol] != 0) {
        symbols[next[lengths[symbol]]++] = symbol;
      }
    }
    int at = 0;
    int word = 0;
    for (int length = 1; length <= QUICK_BITS; length++) {
      for (int i = 0; i < counts[length]; i++, word++) {
        int shift = QUICK_BITS - length;
        int entry = symbols[at++] << LENGTH_BITS | length;
        Arrays.fill(quick, word << shift, (word + 1) << shift, entry);
      }
      word <<= 1;
    }
  }

  /// Takes one symbol; afterwards [PackedBits#ensure] decides what more is read.
  int take(PackedBits bits) throws MediaException {
    bits.ensure(MOST_BITS);
    int entry = quick[bits.peek(QUICK_BITS)];
    if (entry != 0) {
      bits.drop(entry & LENGTH_MASK);
      return entry >>> LENGTH_BITS;
    }
    return takeLong(bits);
  }

  private int takeLong(PackedBits bits) throws MediaException {
    int first = 0;
    int index = 0;
    for (int length = 1; length <= MOST_BITS; length++) {
      int above = bits.peek(length) - first;
      if (above < counts[length]) {
        bits.drop(length);
        return symbols[index + above];
      }
      index += counts[length];
      first = (first + counts[length]) << 1;
    }
    throw MediaException.damaged("compressed data: a word that is not in its code");
  }
}
