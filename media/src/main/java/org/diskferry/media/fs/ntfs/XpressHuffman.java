package org.diskferry.media.fs.ntfs;

import org.diskferry.media.MediaException;

/// LZ77 with Huffman codes as [MS-XCA] 2.2 defines it ("XPRESS Huffman"). A chunk begins with the
/// lengths of 512 words, four bits each: 256 for bytes, 256 for copies, whose upper four bits are
/// the width of the distance and whose lower four are the length.
final class XpressHuffman {
  private static final int SYMBOLS = 512;
  private static final int BYTES = 256;
  private static final int LEAST_MATCH = 3;

  /// What the lower four bits of a copy, and the byte after it, say where the length is longer.
  private static final int LONGER = 15;

  private static final int LONGEST = 255;

  private XpressHuffman() {}

  /// Unpacks `packed`, from `from` to `end`, to exactly `length` bytes.
  static byte[] unpack(byte[] packed, int from, int end, int length) throws MediaException {
    if (end - from < SYMBOLS / 2) {
      throw MediaException.damaged("compressed data: it ends too early");
    }
    byte[] lengths = new byte[SYMBOLS];
    for (int i = 0; i < SYMBOLS; i += 2) {
      int pair = packed[from + i / 2];
      lengths[i] = (byte) (pair & 0xF);
      lengths[i + 1] = (byte) (pair >>> 4 & 0xF);
    }
    HuffmanCode code = HuffmanCode.of(lengths, SYMBOLS);
    PackedBits bits = new PackedBits(packed, from + SYMBOLS / 2, end);
    Window window = new Window(length);
    while (!window.isFull()) {
      int symbol = code.take(bits);
      if (symbol < BYTES) {
        window.put((byte) symbol);
      } else {
        copy(symbol - BYTES, bits, window);
      }
    }
    return window.bytes();
  }

  private static void copy(int symbol, PackedBits bits, Window window) throws MediaException {
    bits.ensure(HuffmanCode.MOST_BITS);
    int width = symbol >>> 4;
    int distance = 1 << width | bits.peek(width);
    bits.drop(width);
    int length = symbol & LONGER;
    if (length == LONGER) {
      int more = bits.takeByte();
      length = more == LONGEST ? bits.takeShort() : length + more;
    }
    window.copy(distance, length + LEAST_MATCH);
  }
}
