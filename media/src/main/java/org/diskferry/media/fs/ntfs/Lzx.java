package org.diskferry.media.fs.ntfs;

import org.diskferry.media.MediaException;

/// LZX as images of Windows (WIM) and CompactOS use it: chunks of 32 KiB that know nothing of each
/// other. The format is that of [MS-PATCH], with the block's size in 16 bits, or one bit for
/// 32,768, and with the translation of calls always on, as if a file were 12,000,000 bytes.
///
/// A chunk is a sequence of blocks: 3 bits kind (1 verbatim, 2 with aligned distances, 3 stored),
/// size, lengths of the words of its codes as differences from the block before, content.
final class Lzx {
  static final int CHUNK = 32 << 10;

  private static final int BYTES = 256;
  private static final int LENGTH_HEADERS = 8;

  /// Distances in a window of 32 KiB fall into so many slots.
  private static final int SLOTS = 30;

  private static final int COPIES = LENGTH_HEADERS * SLOTS;
  private static final int LENGTHS = 249;
  private static final int ALIGNED = 8;
  private static final int ALIGNED_BITS = 3;
  private static final int LEAST_MATCH = 2;

  /// The longest length that the first word can say; then a word of the second code follows.
  private static final int LONGER = LENGTH_HEADERS - 1;

  private static final int RECENT = 3;

  private static final int[] BASES = bases();

  private final PackedBits bits;
  private final Window window;
  private final byte[] mainLengths = new byte[BYTES + COPIES];
  private final byte[] lengthLengths = new byte[LENGTHS];
  private final int[] recent = {1, 1, 1};

  private Lzx(PackedBits bits, int length) {
    this.bits = bits;
    this.window = new Window(length);
  }

  private static int[] bases() {
    int[] bases = new int[SLOTS];
    for (int slot = 1; slot < SLOTS; slot++) {
      bases[slot] = bases[slot - 1] + (1 << extraBits(slot - 1));
    }
    return bases;
  }

  private static int extraBits(int slot) {
    return slot < 4 ? 0 : (slot >>> 1) - 1;
  }

  /// Unpacks `packed`, from `from` to `end`, to exactly `length` bytes.
  static byte[] unpack(byte[] packed, int from, int end, int length) throws MediaException {
    Lzx chunk = new Lzx(new PackedBits(packed, from, end), length);
    while (!chunk.window.isFull()) {
      chunk.block();
    }
    CallTranslation.undo(chunk.window.bytes());
    return chunk.window.bytes();
  }

  private void block() throws MediaException {
    int kind = bits.take(3);
    int size = bits.take(1) == 1 ? CHUNK : bits.take(16);
    if (size == 0 || size > window.room()) {
      throw MediaException.damaged("compressed data: a block of " + size + " bytes");
    }
    switch (kind) {
      case 1 -> verbatim(size);
      case 2 -> aligned(size);
      case 3 -> stored(size);
      default -> throw MediaException.damaged("compressed data: a block of kind " + kind);
    }
  }

  private void stored(int size) throws MediaException {
    bits.align();
    for (int i = 0; i < RECENT; i++) {
      int low = bits.takeShort();
      recent[i] = low | bits.takeShort() << 16;
    }
    window.fill(bits, size);
    if (size % 2 != 0) {
      bits.takeByte();
    }
  }

  private void verbatim(int size) throws MediaException {
    readCodes();
    copyBlock(size, bits::take);
  }

  private void aligned(int size) throws MediaException {
    byte[] lengths = new byte[ALIGNED];
    for (int i = 0; i < ALIGNED; i++) {
      lengths[i] = (byte) bits.take(3);
    }
    HuffmanCode low = HuffmanCode.of(lengths, ALIGNED);
    readCodes();
    copyBlock(size, extra -> extra < ALIGNED_BITS ? bits.take(extra) : alignedBits(extra, low));
  }

  private int alignedBits(int extra, HuffmanCode low) throws MediaException {
    int high = bits.take(extra - ALIGNED_BITS) << ALIGNED_BITS;
    return high | low.take(bits);
  }

  private void readCodes() throws MediaException {
    LengthReader lengths = new LengthReader(bits);
    lengths.read(mainLengths, 0, BYTES);
    lengths.read(mainLengths, BYTES, BYTES + COPIES);
    lengths.read(lengthLengths, 0, LENGTHS);
  }

  /// How the lower bits of a distance are stored.
  @FunctionalInterface
  private interface ExtraBits {
    int take(int count) throws MediaException;
  }

  private void copyBlock(int size, ExtraBits extra) throws MediaException {
    HuffmanCode main = HuffmanCode.of(mainLengths, BYTES + COPIES);
    HuffmanCode longer = HuffmanCode.of(lengthLengths, LENGTHS);
    int end = window.position() + size;
    while (window.position() < end) {
      int symbol = main.take(bits);
      if (symbol < BYTES) {
        window.put((byte) symbol);
      } else {
        int length = (symbol - BYTES) % LENGTH_HEADERS;
        length += length == LONGER ? longer.take(bits) : 0;
        int distance = distance((symbol - BYTES) / LENGTH_HEADERS, extra);
        window.copy(distance, length + LEAST_MATCH);
      }
    }
    if (window.position() != end) {
      throw MediaException.damaged("compressed data: a copy leaves its block");
    }
  }

  // The first three slots mean distances that were used of late; they change places with the last.
  private int distance(int slot, ExtraBits extra) throws MediaException {
    if (slot < RECENT) {
      int distance = recent[slot];
      recent[slot] = recent[0];
      recent[0] = distance;
      return distance;
    }
    int distance = BASES[slot] + extra.take(extraBits(slot)) - (RECENT - 1);
    recent[2] = recent[1];
    recent[1] = recent[0];
    recent[0] = distance;
    return distance;
  }
}
