package org.diskferry.media.fs.ntfs;

import org.diskferry.media.MediaException;

/// The bits of XPRESS and LZX: words of 16 bits, little-endian, the highest bit first, with whole
/// bytes in between. Words are taken one at a time and no earlier than needed, since it matters
/// where the next whole byte is.
final class PackedBits {
  private static final int WORD = 16;

  /// Decoders look further ahead than they take: that much may be missing at the end.
  private static final int MOST_MISSING_WORDS = 2;

  private final byte[] bytes;
  private final int end;
  private int at;
  private int missing;
  private long bits;
  private int left;

  /// Bits of `bytes` from `from` to `end`.
  PackedBits(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /// Makes at least `count` bits, 16 at most, ready for [#peek].
  void ensure(int count) throws MediaException {
    if (left < count) {
      bits = bits << WORD | word();
      left += WORD;
    }
  }

  private int word() throws MediaException {
    if (end - at >= 2) {
      at += 2;
      return (bytes[at - 2] & 0xFF) | (bytes[at - 1] & 0xFF) << 8;
    }
    if (++missing > MOST_MISSING_WORDS) {
      throw MediaException.damaged("compressed data: it ends too early");
    }
    return 0;
  }

  /// The next `count` bits, which stay.
  int peek(int count) {
    return (int) (bits >>> (left - count)) & ((1 << count) - 1);
  }

  /// Takes `count` bits that were made ready.
  void drop(int count) {
    left -= count;
  }

  /// Takes `count` bits, 16 at most.
  int take(int count) throws MediaException {
    ensure(count);
    int value = peek(count);
    drop(count);
    return value;
  }

  /// Goes on with whole bytes at the next edge of a word; at an edge, a whole word is left out.
  void align() {
    at -= left / WORD * 2;
    if (left % WORD == 0) {
      at += 2;
    }
    left = 0;
  }

  /// The next whole byte behind the words that were taken.
  int takeByte() throws MediaException {
    if (at < 0 || at >= end) {
      throw MediaException.damaged("compressed data: it ends too early");
    }
    return bytes[at++] & 0xFF;
  }

  /// The next two whole bytes, little-endian.
  int takeShort() throws MediaException {
    int low = takeByte();
    return low | takeByte() << 8;
  }

  /// Copies `length` whole bytes into `target`.
  void takeBytes(byte[] target, int from, int length) throws MediaException {
    if (at < 0 || length > end - at) {
      throw MediaException.damaged("compressed data: it ends too early");
    }
    System.arraycopy(bytes, at, target, from, length);
    at += length;
  }
}
