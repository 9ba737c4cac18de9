package org.diskferry.depot.s3;

/// The cyclic redundancy check of two texts in a row, from theirs and the length of the second:
/// appending a zero bit is a linear map on the register, and powers of the map are found by
/// squaring (the method of zlib's `crc32_combine`, for any reflected polynomial of up to 64 bits
/// whose register starts and ends complemented).
final class CrcJoin {
  private final int width;
  private final long[] byteMap;

  CrcJoin(int width, long polynomial) {
    this.width = width;
    long[] bitMap = new long[width];
    bitMap[0] = polynomial;
    for (int bit = 1; bit < width; bit++) {
      bitMap[bit] = 1L << (bit - 1);
    }
    long[] two = squared(bitMap);
    long[] four = squared(two);
    this.byteMap = squared(four);
  }

  static CrcJoin of(ChecksumAlgorithm algorithm) {
    return new CrcJoin(algorithm.length() * Byte.SIZE, algorithm.polynomial());
  }

  /// The check of `first` followed by `second`, which is of a text of `length` bytes.
  long join(long first, long second, long length) {
    long crc = first;
    long[] map = byteMap;
    for (long left = length; left > 0; left >>= 1) {
      if ((left & 1) == 1) {
        crc = apply(map, crc);
      }
      if (left > 1) {
        map = squared(map);
      }
    }
    return crc ^ second;
  }

  private long[] squared(long[] map) {
    long[] square = new long[width];
    for (int bit = 0; bit < width; bit++) {
      square[bit] = apply(map, map[bit]);
    }
    return square;
  }

  private static long apply(long[] map, long vector) {
    long sum = 0;
    for (long rest = vector; rest != 0; rest &= rest - 1) {
      sum ^= map[Long.numberOfTrailingZeros(rest)];
    }
    return sum;
  }
}
